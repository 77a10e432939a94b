namespace Zoetrope.Cli.Vendoring;

/// <summary>The locations of a converted document's values in the original one.</summary>
internal sealed class SourceLocations
{
    private readonly List<int> _offsets = [];
    private readonly List<(int Line, int Column)> _places = [];

    /// <summary>Adds a value or a key. They come in the order in which they are written.</summary>
    /// <param name="offset">Where it begins in the converted document.</param>
    /// <param name="source">The line and column where it begins in the source.</param>
    public void Add(int offset, (int Line, int Column) source)
    {
        _offsets.Add(offset);
        _places.Add(source);
    }

    /// <summary>The line and column, counted from 1, of an offset of a text that is as it was given.</summary>
    public static Func<int, (int Line, int Column)> In(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                starts.Add(i + 1);
        }
        return offset =>
        {
            var index = starts.BinarySearch(offset);
            var line = index >= 0 ? index : ~index - 1;
            return (line + 1, offset - starts[line] + 1);
        };
    }

    /// <summary>The line and column, counted from 1, of an offset of the converted document: of the value or key that begins there, or last before.</summary>
    public (int Line, int Column) At(int offset)
    {
        var index = _offsets.BinarySearch(offset);
        return _places[Math.Max(index >= 0 ? index : ~index - 1, 0)];
    }
}
