namespace Zoetrope.Specs.Pages;

/// <summary>Turns offsets in a text into lines and columns, both counted from 1, as editors and build logs show them.</summary>
public sealed class LineMap
{
    private static readonly char[] _ends = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    private readonly List<int> _starts = [0];

    /// <summary>Finds the lines of <paramref name="text"/>. They end where the C# compiler ends them, so that both name the same line.</summary>
    public LineMap(string text)
    {
        for (var i = 0; (i = text.IndexOfAny(_ends, i)) >= 0; i++)
        {
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            _starts.Add(i + 1);
        }
    }

    /// <summary>How many lines the text has.</summary>
    public int Count => _starts.Count;

    /// <summary>The line and column of an offset.</summary>
    /// <param name="offset">The offset in UTF-16 units.</param>
    public (int Line, int Column) this[int offset]
    {
        get
        {
            var found = _starts.BinarySearch(offset);
            var line = found >= 0 ? found : Math.Max(0, ~found - 1);
            return (line + 1, offset - _starts[line] + 1);
        }
    }
}
