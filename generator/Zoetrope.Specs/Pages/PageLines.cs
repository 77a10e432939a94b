namespace Zoetrope.Specs.Pages;

/// <summary>A line of a page, without its line break.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="InFence">Whether it belongs to a fenced code block, where Markdown means nothing.</param>
internal readonly record struct PageLine(int Start, int End, bool InFence);

/// <summary>A page as lines.</summary>
internal sealed class PageLines
{
    private readonly List<PageLine> _lines = [];

    public PageLines(string text)
    {
        Text = text;
        var inFence = false;
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        while (start <= text.Length)
        {
            var newLine = text.IndexOf('\n', start);
            var end = newLine < 0 ? text.Length : newLine;
            var trimmed = end > start && text[end - 1] == '\r' ? end - 1 : end;
            var isFence = PageText.At(text, start, "```");
            _lines.Add(new(start, trimmed, inFence || isFence));
            inFence ^= isFence;
            if (newLine < 0)
                break;
            start = newLine + 1;
        }
        EndsInFence = inFence;
    }

    /// <summary>The whole page.</summary>
    public string Text { get; }

    /// <summary>How many lines there are; at least one.</summary>
    public int Count => _lines.Count;

    /// <summary>Whether the last code block is not closed.</summary>
    public bool EndsInFence { get; }

    public PageLine this[int index] => _lines[index];

    /// <summary>The text of a line.</summary>
    public string TextOf(int index) => Text.Substring(_lines[index].Start, _lines[index].End - _lines[index].Start);

    /// <summary>Whether a line is Markdown and begins with <paramref name="prefix"/>.</summary>
    public bool StartsWith(int index, string prefix) =>
        !_lines[index].InFence && _lines[index].End - _lines[index].Start >= prefix.Length && PageText.At(Text, _lines[index].Start, prefix);

    /// <summary>Whether a line holds nothing but white space.</summary>
    public bool IsBlank(int index) => PageText.SkipSpace(Text, _lines[index].Start, _lines[index].End) == _lines[index].End;

    /// <summary>The first line between two that begins with <paramref name="prefix"/>, or -1.</summary>
    public int Find(string prefix, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (StartsWith(i, prefix))
                return i;
        }
        return -1;
    }

    /// <summary>The first line between two that is a heading of at most <paramref name="level"/>, or <paramref name="to"/>.</summary>
    public int FindHeading(int level, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (StartsWith(i, "#") && HeadingLevel(i) <= level)
                return i;
        }
        return to;
    }

    private int HeadingLevel(int index)
    {
        var place = _lines[index].Start;
        while (place < _lines[index].End && Text[place] == '#')
            place++;
        return place - _lines[index].Start;
    }
}
