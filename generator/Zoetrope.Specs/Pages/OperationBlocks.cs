using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>The OpenAPI of an operation in a page: a fenced block of YAML.</summary>
/// <param name="Start">Where the YAML begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Head">What the fence says behind its ticks, such as <c>yaml openapi.json POST /v1/videos</c>.</param>
/// <param name="Operation">The operation that the fence names, as <c>METHOD /path</c>; null where it names none.</param>
/// <param name="IsClosed">Whether the block has its end.</param>
internal sealed record OperationBlock(int Start, int End, TextRange Head, string? Operation, bool IsClosed);

/// <summary>Finds the blocks of a page that contain the OpenAPI of an operation, as sites made with Mintlify export them.</summary>
internal static class OperationBlocks
{
    /// <summary>The blocks, in the order of the page.</summary>
    public static IEnumerable<OperationBlock> Find(string text)
    {
        var heading = false;
        for (var start = 0; start < text.Length; start = NextLine(text, start))
        {
            var end = EndOfLine(text, start);
            var fence = FenceAt(text, start, end);
            if (fence.Length == 0)
            {
                var line = PageText.Trim(text, start, end);
                if (line.Length > 0)
                    heading = IsHeading(text.Substring(line.Start, line.Length));
                continue;
            }
            var block = Read(text, fence, end, heading, out var after);
            if (block is not null)
                yield return block;
            (start, heading) = (after, false);
        }
    }

    /// <summary>The lines of Markdown before an offset, which are in no block of code.</summary>
    public static IEnumerable<TextRange> LinesBefore(string text, int offset)
    {
        for (var start = 0; start < offset; start = NextLine(text, start))
        {
            var end = EndOfLine(text, start);
            var fence = FenceAt(text, start, end);
            if (fence.Length > 0)
                start = Close(text, fence, end, out _);
            else
                yield return new(start, end - start);
        }
    }

    private static OperationBlock? Read(string text, TextRange fence, int end, bool hasHeading, out int after)
    {
        var head = PageText.Trim(text, fence.Start + fence.Length, end);
        var words = text.Substring(head.Start, head.Length).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var start = NextLine(text, fence.Start);
        after = Close(text, fence, end, out var close);
        var isYaml = words.Length > 0 && words[0].ToLowerInvariant() is "yaml" or "yml";
        var operation = words.Length > 2 && words[words.Length - 1][0] == '/' && OperationDescription.IsMethod(words[words.Length - 2].ToLowerInvariant())
            ? words[words.Length - 2].ToUpperInvariant() + " " + words[words.Length - 1]
            : null;
        if (!isYaml || (operation is null && !hasHeading))
            return null;
        return new(start, Math.Max(close < 0 ? text.Length : close, start), head, operation, close >= 0);
    }

    /// <summary>Where the line with the fence that closes a block begins, or the text ends; <paramref name="close"/> is -1 where none closes it.</summary>
    private static int Close(string text, TextRange fence, int end, out int close)
    {
        for (close = NextLine(text, end); close < text.Length; close = NextLine(text, close))
        {
            var lineEnd = EndOfLine(text, close);
            var other = FenceAt(text, close, lineEnd);
            if (other.Length >= fence.Length && text[other.Start] == text[fence.Start]
                && PageText.SkipSpace(text, other.Start + other.Length, lineEnd) == lineEnd)
                return close;
        }
        close = -1;
        return text.Length;
    }

    /// <summary>The ticks or tildes with which a line begins or ends a block; empty where it does neither.</summary>
    private static TextRange FenceAt(string text, int start, int end)
    {
        var first = start;
        while (first < end && first < start + 3 && text[first] is ' ' or '\uFEFF')
            first++;
        var last = first;
        while (last < end && text[last] is '`' or '~' && text[last] == text[first])
            last++;
        // Ticks in the line behind ticks make them code in a line of prose (CommonMark 4.5).
        var isFence = last - first >= 3 && (text[first] != '`' || text.IndexOf('`', last, end - last) < 0);
        return new(first, isFence ? last - first : 0);
    }

    private static bool IsHeading(string line) => line[0] == '#' && line.TrimStart('#').Trim().Equals("OpenAPI", StringComparison.OrdinalIgnoreCase);

    private static int EndOfLine(string text, int start)
    {
        var end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end > start && text[end - 1] == '\r' ? end - 1 : end;
    }

    private static int NextLine(string text, int offset)
    {
        var end = offset < text.Length ? text.IndexOf('\n', offset) : -1;
        return end < 0 ? text.Length : end + 1;
    }
}
