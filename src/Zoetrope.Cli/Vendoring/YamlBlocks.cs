using System.Buffers;

namespace Zoetrope.Cli.Vendoring;

/// <summary>
/// Removes the spaces of the blank lines that a block scalar begins with. They mean nothing (YAML 1.2, 8.1.1.1), but YamlDotNet rejects the document for them.
/// Lines keep their numbers.
/// </summary>
internal static class YamlBlocks
{
    private static readonly SearchValues<char> BlockOptions = SearchValues.Create("+-123456789");

    /// <summary>The text without these spaces.</summary>
    public static string Clean(string text)
    {
        var lines = text.Split('\n');
        Block? block = null;
        var isChanged = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].AsSpan().TrimEnd('\r');
            var indent = line.IndexOfAnyExcept(' ');
            if (indent >= 0 && indent <= block?.Outer)
                block = null;
            if (block is null)
                block = Begin(line);
            else if (indent >= 0)
                block = block with { HasContent = true };
            else if (!block.HasContent && line.Length > 0 && line.Length <= block.MostBlank)
                (lines[i], isChanged) = (lines[i][line.Length..], true);
        }
        return isChanged ? string.Join('\n', lines) : text;
    }

    /// <summary>The block scalar that a line begins, or null.</summary>
    private static Block? Begin(ReadOnlySpan<char> line)
    {
        if (line.IndexOf(" #") is var comment and >= 0)
            line = line[..comment];
        line = line.TrimEnd();
        var options = line[(line.LastIndexOfAnyExcept(BlockOptions) + 1)..];
        var header = line[..^options.Length];
        if (header is not [.., '|' or '>'] || options.Length > 2)
            return null;
        var before = header[..^1].TrimEnd();
        var lastWord = before[(before.LastIndexOf(' ') + 1)..];
        if (header is not [.., ' ', _] || !(lastWord is [.., ':'] or "-" or "?" or ['!' or '&', ..]))
            return null;
        // What is in a list is indented by its dash too.
        var outer = line.IndexOfAnyExcept(' ');
        while (before.Length > outer + 1 && before[outer] is '-' or '?' && before[outer + 1] == ' ')
            outer += 1 + before[(outer + 1)..].IndexOfAnyExcept(' ');
        // If the document states the indentation of the content, the rest is content.
        return new(outer, options.IndexOfAnyInRange('1', '9') is var digit and >= 0 ? outer + options[digit] - '0' : int.MaxValue, HasContent: false);
    }

    /// <param name="Outer">The indentation at which the scalar is over.</param>
    /// <param name="MostBlank">The most spaces that a blank line can have before they are content.</param>
    /// <param name="HasContent">Whether a line that is not blank was seen.</param>
    private sealed record Block(int Outer, int MostBlank, bool HasContent);
}
