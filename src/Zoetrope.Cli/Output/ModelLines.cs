using System.Globalization;
using System.Text;
using Spectre.Console;
using Zoetrope.Cli.Models;

namespace Zoetrope.Cli.Output;

/// <summary>Models as text.</summary>
internal static class ModelLines
{
    private const string Indent = "    ";
    private const int Narrowest = 20;

    /// <summary>For programs: one line a model, its columns separated by tabs.</summary>
    public static string Rows(IEnumerable<ModelRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Name, string.Join(", ", row.Providers), row.Category ?? "", string.Join(", ", Names(row)), row.Price ?? "",
                row.Time?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? "",
            ];
            text.Append(string.Join('\t', cells.Select(Printable.Of))).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>For people: a model with what is known of it below, so that nothing is cut off in a narrow terminal.</summary>
    /// <param name="rows">The models.</param>
    /// <param name="width">The width of the terminal.</param>
    public static string Blocks(IReadOnlyList<ModelRow> rows, int width)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            // A name is not broken, so that it can be copied.
            text.Append(Printable.Of(row.Name)).Append('\n');
            Wrap(text, string.Join("; ", Facts(row)).Split(' '), width);
            var names = Names(row).ToList();
            Wrap(text, names.Select((name, index) => index + 1 < names.Count ? name + "," : name), width);
            text.Append('\n');
        }
        if (rows.Any(row => row.Parameters is { Count: > 0 }))
            text.Append("Parameters with * are required.\n");
        return text.ToString();
    }

    private static IEnumerable<string> Facts(ModelRow row)
    {
        yield return string.Join(", ", row.Providers);
        if (row.Category is { Length: > 0 } category)
            yield return category;
        if (row.Title is { } title && !title.Equals(row.Name, StringComparison.Ordinal))
            yield return title;
        if (row.Price is { } price)
            yield return $"price: {price}";
        if (row.Time is { } time)
            yield return $"usual time: {StatusText.Of(time)}";
    }

    private static IEnumerable<string> Names(ModelRow row) =>
        (row.Parameters ?? []).Select(parameter => parameter.Required ? $"{parameter.Name}*" : parameter.Name);

    /// <summary>Breaks words into lines by the cells that they take on a terminal, where some characters are two wide.</summary>
    private static void Wrap(StringBuilder text, IEnumerable<string> words, int width)
    {
        var used = 0;
        foreach (var word in words.Select(Printable.Of).Where(word => word.Length > 0))
        {
            var cells = word.GetCellWidth();
            if (used > 0 && used + 1 + cells > Math.Max(Narrowest, width))
            {
                text.Append('\n');
                used = 0;
            }
            text.Append(used == 0 ? Indent : " ").Append(word);
            used += (used == 0 ? Indent.Length : 1) + cells;
        }
        if (used > 0)
            text.Append('\n');
    }
}
