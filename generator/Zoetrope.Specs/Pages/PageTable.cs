namespace Zoetrope.Specs.Pages;

/// <summary>A cell of a table.</summary>
/// <param name="Start">Where its text begins.</param>
/// <param name="Length">How long its text is, without the white space around it.</param>
/// <param name="Closed">Whether a <c>|</c> ends it; where not, the page is cut off inside it.</param>
internal readonly record struct PageCell(int Start, int Length, bool Closed);

/// <summary>A row of a table.</summary>
/// <param name="Start">The offset of its first <c>|</c>.</param>
/// <param name="Cells">Its cells, at most as many as the table has columns.</param>
internal sealed record PageRow(int Start, PageCell[] Cells);

/// <summary>
/// Reads Markdown tables, with their line breaks or without. Without them a row ends after as many cells as the table has columns, and
/// only the bar that begins the next row shows that there is one. Bars in back-ticks and escaped ones (<c>\|</c>) belong to the cell.
/// </summary>
internal sealed class PageTable
{
    /// <summary>How many columns a table has at most: a row of this length is one whose end is not known yet.</summary>
    private const int MostColumns = 64;

    private readonly string _text;
    private readonly int _end;
    private readonly bool _hasLines;
    private readonly bool _isLine;
    private readonly Func<PageRow, bool>? _isRow;

    private PageTable(string text, int start, int end, Func<string, bool> isHeader, Func<PageRow, bool>? isRow)
    {
        _text = text;
        _end = end;
        _isRow = isRow;
        Start = start;
        var header = ReadCells(start, MostColumns, ref start);
        _hasLines = PageText.Find(text, "\n", start, PageText.SkipSpace(text, start, end)) >= 0;
        HasHeader = header.Count > 0 && isHeader(TextOf(header[0]));
        Columns = header.Select(TextOf).ToArray();
        if (header.Count > 0 && !HasHeader)
            start = Start;
        var next = PageText.SkipSpace(text, start, end);
        var afterSeparator = next;
        var separator = At('|', next) ? ReadCells(next, MostColumns, ref afterSeparator) : [];
        HasSeparator = separator.Count > 0 && IsDashes(TextOf(separator[0]));
        RowsStart = RowsEnd = HasSeparator ? PageText.SkipSpace(text, afterSeparator, end) : next;
    }

    /// <summary>Where the table begins.</summary>
    public int Start { get; }

    /// <summary>The heads of its columns, or the cells of its first row where it has no header.</summary>
    public string[] Columns { get; }

    /// <summary>Whether its first row is the expected header.</summary>
    public bool HasHeader { get; }

    /// <summary>Whether the row of dashes is there.</summary>
    public bool HasSeparator { get; }

    /// <summary>Where the first row begins.</summary>
    public int RowsStart { get; }

    /// <summary>Where the rows end that were read: the first thing that is not a row.</summary>
    public int RowsEnd { get; private set; }

    /// <summary>Finds the table between two offsets; null when there is none.</summary>
    /// <param name="text">The page.</param>
    /// <param name="start">Where to look from.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="isHeader">Whether a text heads the first column.</param>
    /// <param name="isRow">Whether cells make a row. Used to find the next row where one has too few or too many cells.</param>
    public static PageTable? Find(string text, int start, int end, Func<string, bool> isHeader, Func<PageRow, bool>? isRow = null)
    {
        var bar = PageText.Find(text, "|", start, end);
        return bar < 0 ? null : new(text, bar, end, isHeader, isRow);
    }

    /// <summary>Reads the rows.</summary>
    /// <param name="columns">How many columns the table has.</param>
    /// <param name="damaged">Called with the offset of a row that cannot be read.</param>
    public IEnumerable<PageRow> Rows(int columns, Action<int> damaged)
    {
        var place = RowsStart;
        while (At('|', place))
        {
            var rowStart = place;
            var cells = _hasLines ? ReadLine(ref place, columns) : ReadCells(place, columns, ref place);
            var row = new PageRow(rowStart, cells.ToArray());
            place = RowsEnd = PageText.SkipSpace(_text, place, _end);
            if (_isRow is null || !row.Cells[row.Cells.Length - 1].Closed)
            {
                yield return row;
                continue;
            }
            var isFollowed = place == _end || At('|', place);
            // Where lines are gone, a missing cell shows in an empty last one, after which the next row goes on without its bar.
            if (!_isRow(row) || (!_hasLines && !isFollowed && row.Cells[row.Cells.Length - 1].Length == 0))
            {
                damaged(rowStart);
                if (!_hasLines || !isFollowed)
                    place = NextRow(_hasLines ? place : rowStart + 1, columns);
                continue;
            }
            yield return row;
            if (isFollowed)
                continue;
            // What comes is not a row. After it the table may go on.
            var next = NextRow(place, columns);
            if (next < _end)
                damaged(place);
            place = next;
        }
    }

    /// <summary>The text of a cell on one line, with escaped bars as bars.</summary>
    public string TextOf(PageCell cell) => PageText.Collapse(_text, cell.Start, cell.Start + cell.Length).Replace("\\|", "|");

    private bool At(char c, int place) => place < _end && _text[place] == c;

    private static bool IsDashes(string cell)
    {
        foreach (var c in cell)
        {
            if (c is not ('-' or ':' or ' '))
                return false;
        }
        return cell.IndexOf("--", StringComparison.Ordinal) >= 0;
    }

    /// <summary>Reads cells from the bar at <paramref name="start"/> on, and leaves <paramref name="next"/> after the bar that closes the last.</summary>
    private List<PageCell> ReadCells(int start, int columns, ref int next)
    {
        var cells = new List<PageCell>();
        var place = start;
        while (cells.Count < columns && At('|', place))
        {
            // Two bars with only white space between them end a row whose length is not known.
            var after = PageText.SkipSpace(_text, place + 1, _end);
            if (columns == MostColumns && cells.Count > 0 && (after == _end || _text[after] == '|' || _text.IndexOf('\n', place, after - place) >= 0))
                break;
            if (_isLine && cells.Count > 0 && after == _end)
                break;
            var close = EndOfCell(place + 1);
            var trimmed = PageText.Trim(_text, place + 1, close);
            cells.Add(new(trimmed.Start, trimmed.Length, close < _end));
            place = close;
        }
        next = Math.Min(_end, place + 1);
        return cells;
    }

    /// <summary>Reads the row on this line. What is too much belongs to the last cell.</summary>
    private List<PageCell> ReadLine(ref int place, int columns)
    {
        var newLine = PageText.Find(_text, "\n", place, _end);
        var line = new PageTable(_text, newLine < 0 ? _end : newLine);
        var rowStart = place;
        var cells = line.ReadCells(place, columns, ref place);
        var rest = PageText.Trim(_text, place, line._end);
        if (rest.Length > 0 && cells.Count == columns)
        {
            var last = cells[columns - 1];
            var end = _text[rest.Start + rest.Length - 1] == '|' ? rest.Start + rest.Length - 1 : rest.Start + rest.Length;
            var joined = PageText.Trim(_text, last.Start, Math.Max(last.Start + last.Length, end));
            cells[columns - 1] = last with { Length = joined.Length };
        }
        // A cell that the end of its line ends is complete, unless the page ends there too.
        if (cells.Count > 0 && newLine >= 0)
            cells[cells.Count - 1] = cells[cells.Count - 1] with { Closed = true };
        place = Math.Max(line._end, rowStart + 1);
        return cells;
    }

    /// <summary>A single line, whose last bar begins no cell.</summary>
    private PageTable(string text, int end)
    {
        _text = text;
        _end = end;
        _isLine = true;
        Columns = [];
    }

    private int EndOfCell(int place)
    {
        while (place < _end && _text[place] != '|')
        {
            if (_text[place] == '\\')
                place++;
            else if (_text[place] == '`' && EndOfCode(place + 1) is var close and >= 0)
                place = close;
            place++;
        }
        return Math.Min(place, _end);
    }

    /// <summary>The back-tick that closes the one before <paramref name="place"/> in the same row, or -1.</summary>
    private int EndOfCode(int place)
    {
        for (; place < _end && _text[place] != '\n'; place++)
        {
            if (_text[place] == '`')
                return place;
            if (_text[place] == '|' && At('|', PageText.SkipSpace(_text, place + 1, _end)))
                return -1;
        }
        return -1;
    }

    /// <summary>The next offset where two bars in a row begin something that makes a row; the end when there is none.</summary>
    private int NextRow(int place, int columns)
    {
        for (place = PageText.Find(_text, "|", place, _end); place >= 0; place = PageText.Find(_text, "|", place + 1, _end))
        {
            var next = PageText.SkipSpace(_text, place + 1, _end);
            if (next == place + 1 || !At('|', next))
                continue;
            var after = next;
            if (_isRow!(new(next, ReadCells(next, columns, ref after).ToArray())))
                return next;
        }
        return _end;
    }
}
