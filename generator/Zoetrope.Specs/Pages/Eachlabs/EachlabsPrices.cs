using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads the pricing section of Eachlabs' pages: its words, and the table of price rules.</summary>
/// <param name="text">The page.</param>
/// <param name="problems">Where problems are added.</param>
/// <param name="places">Where the locations of the rules are added.</param>
/// <param name="input">The input of the model; null where the page has none.</param>
internal sealed class EachlabsPrices(string text, List<SpecProblem> problems, PageLocations places, Schema? input)
{
    private const string Heading = "### Pricing Rules";

    private static readonly string[] _heads = ["rule", "condition", "price", "pricing", "cost"];

    /// <summary>The section in its words, and its rules; null where it has none.</summary>
    /// <param name="section">The section.</param>
    /// <param name="baseCost">What the head of the page states as the cost; null where it states nothing.</param>
    public (string? Words, PriceTable? Table) Read(EachlabsSection section, string? baseCost)
    {
        places.Add("/pricing", section.HeadingStart, section.Start - section.HeadingStart);
        var rules = PageText.Find(text, Heading, section.Start, section.End);
        var proseEnd = rules < 0 ? section.End : rules;
        var bullets = PageBullets.Read(text, section.Start, proseEnd);
        var prose = PageText.Collapse(text, section.Start, bullets.FirstStart ?? proseEnd);
        var lines = new List<string> { prose };
        lines.AddRange(bullets.All.Select(bullet => bullet.Key + ": " + ValueOf(bullet.Value)));
        PriceTable? prices = null;
        if (rules >= 0 && PageTable.Find(text, rules, section.End, head => head is "Rule" or "Condition") is { HasHeader: true } table)
        {
            var rows = table.Rows(table.Columns.Length, _ => { }).ToList();
            foreach (var row in rows)
                lines.Add(string.Join(": ", row.Cells.Where(cell => cell.Closed).Select(table.TextOf)));
            var beside = new PricesBeside();
            beside.Add(prose);
            foreach (var bullet in bullets.All)
                beside.Add(bullet.Key, ValueOf(bullet.Value));
            beside.Add("Base Cost", baseCost ?? "");
            beside.Add(PageText.Collapse(text, Math.Min(rules + Heading.Length, table.Start), table.Start));
            beside.Add(PageText.Collapse(text, table.RowsEnd, section.End));
            // What ends with the page may go on.
            prices = ReadTable(table, rows, section.End == text.Length, beside);
        }
        return (PageText.NullIfEmpty(string.Join("\n", lines.Where(line => line.Length > 0))), prices);
    }

    private PriceTable? ReadTable(PageTable table, List<PageRow> rows, bool isCut, PricesBeside beside)
    {
        var heads = table.Columns.Select(head => head.ToLowerInvariant()).ToList();
        var price = heads.FindIndex(head => head is "price" or "pricing" or "cost");
        var condition = heads.IndexOf("condition") is var index and >= 0 ? index : heads.IndexOf("rule");
        if (price < 0 || price == condition || heads.Exists(head => !_heads.Contains(head)))
        {
            var shown = string.Join(" | ", table.Columns);
            problems.Add(Problems.PagePriceRule.At(table.Start, 1, shown, "its columns must be 'Condition' and 'Price' or 'Pricing'"));
            return null;
        }
        var whole = rows.FindAll(row => row.Cells.Length >= heads.Count && row.Cells[row.Cells.Length - 1].Closed);
        var texts = whole.ConvertAll(row => (Condition: Plain(table.TextOf(row.Cells[condition])), Price: Plain(table.TextOf(row.Cells[price]))));
        var reader = new PriceRuleReader(input, texts.ConvertAll(one => one.Condition));
        var rules = new List<PriceRule>();
        for (var i = 0; i < whole.Count; i++)
        {
            var cells = whole[i].Cells;
            var last = cells[cells.Length - 1];
            var pointer = "/pricing/" + i;
            places.Add(pointer, cells[0].Start, Math.Max(1, last.Start + last.Length - cells[0].Start));
            var rule = reader.Read(pointer, texts[i].Condition, texts[i].Price);
            if (rule.Problem is { } problem)
                problems.Add(Problems.PagePriceRule.At(cells[0].Start, Math.Max(1, cells[0].Length), rule.Text, problem));
            rules.Add(rule);
        }
        var unread = beside.Unread(texts.ConvertAll(one => one.Price), rules, reader);
        if (unread is not null)
            problems.Add(Problems.PagePriceRule.At(table.Start, 1, unread, "it is stated beside the rules, and it is not clear what it means for them"));
        return new(rules.ToEquatableArray(), isCut || rows.Count == 0 || whole.Count < rows.Count) { Unread = unread };
    }

    private string ValueOf(TextRange range) => PageText.Collapse(text, range.Start, range.Start + range.Length);

    private static string Plain(string cell) => EachlabsCells.Value(cell) ?? "";
}
