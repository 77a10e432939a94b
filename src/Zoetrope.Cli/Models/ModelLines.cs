using System.Globalization;
using System.Text;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Models;

/// <summary>Models as text.</summary>
internal static class ModelLines
{
    private const string Indent = "    ";

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
            WrappedText.Append(text, string.Join("; ", Facts(row)).Split(' '), width, Indent);
            var names = Names(row).ToList();
            WrappedText.Append(text, names.Select((name, index) => index + 1 < names.Count ? name + "," : name), width, Indent);
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
}
