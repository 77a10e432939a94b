using System.Text;

namespace Zoetrope.Cli.Batches;

/// <summary>
/// Reads CSV (RFC 4180): a header with the names of parameters, and an input a row. A comma separates cells, or, where the header has none, a semicolon or a
/// tab. An empty cell leaves the parameter out.
/// </summary>
internal static class CsvRows
{
    /// <summary>Reads the rows; those whose cells are all blank are skipped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is, for messages.</param>
    /// <exception cref="UsageException">It cannot be read as rows, or its header does not name the cells.</exception>
    public static List<BatchRow> Read(string text, string name)
    {
        var rows = new List<BatchRow>();
        IReadOnlyList<string>? header = null;
        var headerLine = 0;
        foreach (var (line, cells) in Split(text, name))
        {
            if (cells.TrueForAll(string.IsNullOrWhiteSpace))
                continue;
            if (header is null)
                (header, headerLine) = (Checked([.. cells.Select(cell => cell.Trim())], line), line);
            else
                rows.Add(RowOf(line, header, cells) with { HeaderLine = headerLine });
        }
        return rows;
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> header, int line)
    {
        var problems = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i].Length == 0)
                problems.Add($"line {line}: column {i + 1} of the header has no name");
            else if (header.Take(i).Contains(header[i]))
                problems.Add($"line {line}: the header has '{header[i]}' twice");
            else if (header[i][0] == '$' && header[i] is not (BatchRow.LabelName or BatchRow.ModelName))
                problems.Add($"line {line}: '{header[i]}' is not known; {BatchRow.LabelName} and {BatchRow.ModelName} are");
        }
        return problems.Count == 0 ? header : throw new UsageException(problems);
    }

    private static BatchRow RowOf(int line, IReadOnlyList<string> header, List<string> cells)
    {
        // Which cell is missing, or is one too many, is not known: none is taken for what it may not be.
        if (cells.Count != header.Count)
            return new BatchRow(line) { Problems = [$"has {cells.Count} cells, and the header {header.Count}"] };
        var named = new List<(string Name, string Text)>();
        for (var i = 0; i < header.Count; i++)
        {
            if (cells[i].Length > 0)
                named.Add((header[i], cells[i]));
        }
        return new BatchRow(line)
        {
            Label = named.Find(cell => cell.Name == BatchRow.LabelName).Text,
            Model = named.Find(cell => cell.Name == BatchRow.ModelName).Text,
            Cells = [.. named.Where(cell => cell.Name[0] != '$')],
        };
    }

    private static IEnumerable<(int Line, List<string> Cells)> Split(string text, string name)
    {
        var separator = SeparatorOf(text);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start) = (1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && cell.Length == 0)
            {
                var end = EndOfQuotes(text, i, cell);
                if (end < 0)
                    throw new UsageException($"line {line}: a quotation mark of {name} is not closed");
                line += text.AsSpan(i, end - i).Count('\n');
                i = end;
                // Even a quoted cell that is empty is one.
                if (i + 1 < text.Length && text[i + 1] != separator && text[i + 1] is not ('\r' or '\n'))
                    throw new UsageException($"line {line}: after a closing quotation mark '{separator}' or the end of the line is expected");
            }
            else if (text[i] == separator)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (text[i] is '\n' or '\r')
            {
                if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                cells.Add(cell.ToString());
                cell.Clear();
                yield return (start, cells);
                cells = [];
                start = ++line;
            }
            else
                cell.Append(text[i]);
        }
        if (cells.Count > 0 || cell.Length > 0)
        {
            cells.Add(cell.ToString());
            yield return (start, cells);
        }
    }

    /// <summary>Reads a quoted cell.</summary>
    /// <returns>The position of the closing quotation mark; -1 where there is none.</returns>
    private static int EndOfQuotes(string text, int start, StringBuilder cell)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
                cell.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else
                return i;
        }
        return -1;
    }

    private static char SeparatorOf(string text)
    {
        var header = "";
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
            {
                header = line.ToString();
                break;
            }
        }
        return header.Contains(',', StringComparison.Ordinal) ? ',' : header.Contains(';', StringComparison.Ordinal) ? ';'
            : header.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
    }
}
