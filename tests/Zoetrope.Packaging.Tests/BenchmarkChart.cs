using System.Globalization;
using System.Text;

namespace Zoetrope.Packaging.Tests;

/// <summary>The picture of the README: bars drawn from the tables of <c>benchmarks/README.md</c>.</summary>
internal static class BenchmarkChart
{
    private const int Width = 760;
    private const int BarStart = 210;
    private const int BarWidth = 430;
    private const int RowHeight = 20;

    private static readonly string[] Apps = ["ZoetropeApp", "HandWrittenApp", "NSwagApp", "RefitApp", "KiotaApp"];

    private static readonly Panel[] Panels =
    [
        new("Size of a native program", "native size", 0, Apps),
        new("Instructions of a native program that makes a video", "native size", 0, Apps, "instructions"),
        new("First typed call of a process", "first call", 0, ["Zoetrope", "SystemTextJson"]),
        new(
            "Write a request as JSON",
            "request to bytes",
            0,
            ["Zoetrope", "System.Text.Json, source generation", "Newtonsoft.Json 13.0.3", "Kiota 2.1.6"],
            "mean"),
        new(
            "Read a result from JSON",
            "bytes to result",
            0,
            ["Zoetrope", "System.Text.Json, source generation", "Newtonsoft.Json 13.0.3", "Kiota 2.1.6"],
            "mean"),
        new("Generate C# for 638 endpoints, processor time of the first run", "documents refused", 1, ["Zoetrope", "NSwag"], "cold"),
    ];

    /// <summary>How a row of a table is called in the picture, where its own name is too long.</summary>
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["ZoetropeApp"] = "Zoetrope",
        ["HandWrittenApp"] = "HttpClient, by hand",
        ["NSwagApp"] = "NSwag",
        ["RefitApp"] = "Refit",
        ["KiotaApp"] = "Kiota",
        ["SystemTextJson"] = "System.Text.Json",
        ["System.Text.Json, source generation"] = "System.Text.Json",
    };

    public static string Draw(string markdown)
    {
        var tables = Tables(markdown);
        var body = new StringBuilder();
        var y = 12;
        foreach (var panel in Panels)
        {
            y += 18;
            body.Append($"""  <text x="16" y="{y}" class="title">{panel.Title}</text>""").Append('\n');
            y += 8;
            var bars = panel.Rows.Select(row => (Name: row, Cell: Cell(tables, panel, row))).ToList();
            var longest = bars.Max(bar => Number(bar.Cell));
            foreach (var (name, cell) in bars)
            {
                var label = Labels.GetValueOrDefault(name, name);
                var length = (int)Math.Round(BarWidth * Number(cell) / longest);
                var kind = label == "Zoetrope" ? "ours" : "other";
                body.Append($"""
                      <text x="{BarStart - 8}" y="{y + 13}" class="label">{label}</text>
                      <rect x="{BarStart}" y="{y + 3}" width="{length}" height="14" rx="2" class="{kind}"/>
                      <text x="{BarStart + length + 6}" y="{y + 13}">{cell}</text>

                    """);
                y += RowHeight;
            }
            y += 8;
        }
        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{Width}}" height="{{y + 8}}" viewBox="0 0 {{Width}} {{y + 8}}" role="img">
              <title>Benchmarks of Zoetrope and its peers; shorter bars are better. The tables are in benchmarks/README.md.</title>
              <style>
                text { font: 12px system-ui, sans-serif; fill: #444 }
                .title { font-weight: 600; fill: #111 }
                .label { text-anchor: end }
                .ours { fill: #2f6fdb }
                .other { fill: #b4b9c2 }
              </style>
              <rect width="100%" height="100%" rx="6" fill="#fff"/>
            {{body.ToString().TrimEnd('\n')}}
            </svg>

            """;
    }

    /// <summary>The cell without its spread in parentheses.</summary>
    private static string Cell(List<string[][]> tables, Panel panel, string row)
    {
        var table =
            tables.Find(table => table[0].Contains(panel.Heading)) ?? throw new InvalidDataException($"There is no table with the column '{panel.Heading}'.");
        var column = Array.IndexOf(table[0], panel.Column ?? panel.Heading);
        // A table for several sizes has its rows in growing order, so the last one of a name is the largest.
        var cells =
            table.LastOrDefault(cells => cells[panel.NameColumn] == row) ?? throw new InvalidDataException($"The table '{panel.Heading}' has no row '{row}'.");
        return cells[column].Split(" (")[0];
    }

    private static double Number(string cell) => double.Parse(cell.Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture);

    private static List<string[][]> Tables(string markdown)
    {
        var tables = new List<string[][]>();
        var rows = new List<string[]>();
        foreach (var line in markdown.Split('\n').Append(""))
        {
            if (line.StartsWith('|'))
            {
                rows.Add([.. line.Trim('|').Split('|').Select(cell => cell.Trim())]);
            }
            else if (rows.Count > 0)
            {
                tables.Add([.. rows]);
                rows.Clear();
            }
        }
        return tables;
    }

    /// <param name="Title">What is compared.</param>
    /// <param name="Heading">A column by which the table is found.</param>
    /// <param name="NameColumn">The column with the names of the rows.</param>
    /// <param name="Rows">The rows that are shown, ours first.</param>
    /// <param name="Column">The column with the figures; null for the one by which the table is found.</param>
    private sealed record Panel(string Title, string Heading, int NameColumn, string[] Rows, string? Column = null);
}
