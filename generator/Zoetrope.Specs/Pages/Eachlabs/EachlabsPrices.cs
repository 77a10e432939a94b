using System.Text.RegularExpressions;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads the pricing section of Eachlabs' pages: its words, and the table of price rules.</summary>
internal sealed class EachlabsPrices(string text, List<SpecProblem> problems, PageLocations places)
{
    private const string Heading = "### Pricing Rules";

    private static readonly Regex _fallback = new("""^(?:rule\s*\d*|default|fallback|otherwise|else|always|any|all(?:\s+other)?s?)?$""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static readonly string[] _heads = ["rule", "condition", "price", "pricing", "cost"];

    /// <summary>The section in its words, and its rules; null where it has none.</summary>
    public (string? Words, PriceTable? Table) Read(EachlabsSection section)
    {
        places.Add("/pricing", section.HeadingStart, section.Start - section.HeadingStart);
        var rules = PageText.Find(text, Heading, section.Start, section.End);
        var proseEnd = rules < 0 ? section.End : rules;
        var bullets = PageBullets.Read(text, section.Start, proseEnd);
        var lines = new List<string> { PageText.Collapse(text, section.Start, bullets.FirstStart ?? proseEnd) };
        lines.AddRange(bullets.All.Select(bullet => bullet.Key + ": " + PageText.Collapse(text, bullet.Value.Start, bullet.Value.Start + bullet.Value.Length)));
        PriceTable? prices = null;
        if (rules >= 0 && PageTable.Find(text, rules, section.End, head => head is "Rule" or "Condition") is { HasHeader: true } table)
        {
            var rows = table.Rows(table.Columns.Length, _ => { }).ToList();
            foreach (var row in rows)
                lines.Add(string.Join(": ", row.Cells.Where(cell => cell.Closed).Select(table.TextOf)));
            prices = ReadTable(table, rows);
        }
        return (PageText.NullIfEmpty(string.Join("\n", lines.Where(line => line.Length > 0))), prices);
    }

    private PriceTable? ReadTable(PageTable table, List<PageRow> rows)
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
        var rules = new List<PriceRule>();
        var isCut = rows.Count == 0;
        foreach (var row in rows)
        {
            if (row.Cells.Length < heads.Count || !row.Cells[row.Cells.Length - 1].Closed)
            {
                isCut = true;
                continue;
            }
            var pointer = "/pricing/" + rules.Count;
            var last = row.Cells[row.Cells.Length - 1];
            places.Add(pointer, row.Cells[0].Start, Math.Max(1, last.Start + last.Length - row.Cells[0].Start));
            var rule = ReadRule(pointer, Plain(table.TextOf(row.Cells[condition])), Plain(table.TextOf(row.Cells[price])));
            if (rule.Problem is { } problem)
                problems.Add(Problems.PagePriceRule.At(row.Cells[0].Start, Math.Max(1, row.Cells[0].Length), rule.Text, problem));
            rules.Add(rule);
        }
        return new(rules.ToEquatableArray(), isCut);
    }

    private static string Plain(string cell) => EachlabsCells.Value(cell) ?? "";

    private static PriceRule ReadRule(string pointer, string condition, string price)
    {
        var isFallback = _fallback.IsMatch(condition);
        var rule = new PriceRule(pointer, isFallback ? price : condition + ": " + price);
        string? quantity = null;
        if (!isFallback)
        {
            try
            {
                rule = rule with { Cases = PriceConditions.Read(condition, out quantity) };
            }
            catch (FormatException exception)
            {
                return rule with { IsConditionKnown = false, Problem = "of its condition, " + exception.Message };
            }
        }
        try
        {
            var read = PriceTexts.Read(price);
            if (quantity is not null && read.Per == PricePer.Second)
                return rule with { Problem = $"its price is one of a second, and its condition one of each of {quantity}" };
            return rule with { Price = read with { Quantity = quantity } };
        }
        catch (FormatException exception)
        {
            return rule with { Problem = "of its price, " + exception.Message };
        }
    }
}
