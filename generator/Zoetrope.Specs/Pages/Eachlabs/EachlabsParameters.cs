using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads the parameter table of Eachlabs' pages.</summary>
internal sealed class EachlabsParameters(string text, List<SpecProblem> problems, PageLocations places, CancellationToken cancellationToken)
{
    private const string Header = "| Parameter | Type | Required | Default | Constraints | Description |";
    private const string NoParameters = "No input parameters documented";

    private static readonly string[] _usual = ["parameter", "type", "required", "default", "constraints", "description"];

    private static readonly string[] _needed = ["parameter", "type", "required"];

    private readonly EachlabsCells _cells = new(problems);
    private string[] _columns = _usual;

    /// <summary>Reads the section between two offsets; null when it is cut off before its table.</summary>
    public Schema? Read(int start, int end, bool isLast)
    {
        var table = PageTable.Find(text, start, end, head => head.Equals("Parameter", StringComparison.OrdinalIgnoreCase), IsRow);
        var schema = new Schema { Pointer = "/input", Types = SchemaTypes.Object };
        if (table is null || (PageText.Find(text, NoParameters, start, end) is var none and >= 0 && none < table.Start))
        {
            if (PageText.Find(text, NoParameters, start, end) is var said and >= 0)
            {
                problems.Add(Problems.EmptyInput.At(said, NoParameters.Length));
                return schema;
            }
            if (!isLast)
                problems.Add(Problems.PageLineMissing.At(start, 0, Header));
            return null;
        }
        var columns = table.Columns.Select(column => Column(column.ToLowerInvariant())).ToArray();
        if (table.HasHeader && Array.TrueForAll(_needed, columns.Contains))
            _columns = columns;
        else if (!isLast || table.HasSeparator)
            problems.Add(Problems.PageLineMissing.At(table.Start, 1, Header));
        if (!table.HasSeparator && !isLast)
            problems.Add(Problems.PageLineMissing.At(table.RowsStart, 1, "|---|---|---|---|---|---|"));
        var properties = ReadRows(table);
        return properties.Count == 0 && isLast ? null : schema with { Properties = properties };
    }

    private static string Column(string head) => head.IndexOf("constraint", StringComparison.Ordinal) >= 0 || head == "options" ? "constraints" : head;

    private EquatableArray<SchemaProperty> ReadRows(PageTable table)
    {
        var found = new List<SchemaProperty>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows(_columns.Length, Damaged))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadRow(table, row) is not { } property)
                continue;
            if (names.Add(property.Name))
                found.Add(property);
            else
                problems.Add(Problems.DescribedTwice.At(row.Cells[0].Start, row.Cells[0].Length, property.Name));
        }
        return found.ToEquatableArray();
    }

    private void Damaged(int start)
    {
        var most = Math.Min(text.Length, start + 60);
        var end = PageText.Find(text, "\n", start, most);
        var shown = PageText.Collapse(text, start, end < 0 ? most : end);
        problems.Add(Problems.PageBadParameter.At(start, 1, shown, "its row must have the cells '" + Header + "' with Yes or No as required"));
    }

    private bool IsRow(PageRow row) =>
        row.Cells.Length == _columns.Length && Cell(row, "parameter") is { Length: > 0 } && Cell(row, "required") is { } required && IsYesOrNo(required);

    private bool IsYesOrNo(PageCell cell)
    {
        var word = text.Substring(cell.Start, cell.Length);
        return word.Equals("Yes", StringComparison.OrdinalIgnoreCase) || word.Equals("No", StringComparison.OrdinalIgnoreCase);
    }

    private PageCell? Cell(PageRow row, string column)
    {
        var index = Array.IndexOf(_columns, column);
        // What is in a cell that the page cuts off may go on: no limit may be taken from it.
        return index >= 0 && index < row.Cells.Length && row.Cells[index].Closed ? row.Cells[index] : null;
    }

    private SchemaProperty? ReadRow(PageTable table, PageRow row)
    {
        if (Cell(row, "parameter") is not { } nameCell || Cell(row, "type") is not { } typeCell || Cell(row, "required") is not { } required)
            return null;
        if (EachlabsCells.Value(table.TextOf(nameCell)) is not { } name)
            return null;
        var pointer = JsonPointer.Append("/input", name);
        places.Add(pointer, nameCell.Start, nameCell.Length);
        places.Add(pointer + "/type", typeCell.Start, typeCell.Length);

        var type = EachlabsCells.Type(EachlabsCells.Value(table.TextOf(typeCell)));
        if (type is null)
            problems.Add(Problems.PageUnknownType.At(typeCell.Start, typeCell.Length, name, table.TextOf(typeCell)));
        var schema = new Schema { Pointer = pointer, Types = type ?? SchemaTypes.Any };
        if (Cell(row, "constraints") is { } constraints)
        {
            foreach (var keyword in new[] { "enum", "minimum", "maximum", "minItems", "maxItems", "items" })
                places.Add(pointer + "/" + keyword, constraints.Start, constraints.Length);
            schema = _cells.Constrain(schema, EachlabsCells.Value(table.TextOf(constraints)), name, new(constraints.Start, constraints.Length));
        }
        if (Cell(row, "default") is { } defaultCell)
        {
            places.Add(pointer + "/default", defaultCell.Start, defaultCell.Length);
            var value = EachlabsCells.Value(table.TextOf(defaultCell));
            schema = schema with { Default = _cells.Default(value, schema.Types, name, new(defaultCell.Start, defaultCell.Length)) };
        }
        if (Cell(row, "description") is { } description)
        {
            places.Add(pointer + "/description", description.Start, description.Length);
            schema = schema with { Description = table.TextOf(description) is { Length: > 0 } prose and not ("-" or "—") ? prose : null };
        }
        return new(name, schema, text[required.Start] is 'Y' or 'y');
    }
}
