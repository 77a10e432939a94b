namespace Zoetrope.Packaging.Tests.Features;

/// <summary>A table of features of ours, each ticked by a test, beside what others have. It is written between two markers of a page.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Marker">The name of the markers.</param>
/// <param name="Others">The columns of the others.</param>
/// <param name="Features">The rows.</param>
internal sealed record FeatureTable(string Page, string Marker, string[] Others, Feature[] Features)
{
    public const string Yes = "✓";
    public const string No = "–";

    /// <summary>The table in Markdown.</summary>
    public string Text =>
        Row("", "Zoetrope", Others)
        + $"|{string.Concat(Enumerable.Repeat("---|", Others.Length + 2))}\n"
        + string.Concat(Features.Select(feature => Row($" {feature.Name}", Yes, feature.Others)));

    /// <summary>The table as it is in the page.</summary>
    public string ReadPage()
    {
        var page = File.ReadAllText(Repository.PathOf(Page));
        return page[Place(page)];
    }

    /// <summary>Writes the table into the page.</summary>
    public void WritePage()
    {
        var page = File.ReadAllText(Repository.PathOf(Page));
        var place = Place(page);
        File.WriteAllText(Repository.PathOf(Page), page[..place.Start] + Text + page[place.End..]);
    }

    private static string Row(string name, string ours, string[] others) => $"|{name} | {ours} | {string.Join(" | ", others)} |\n";

    private Range Place(string page)
    {
        var begin = $"<!-- {Marker} -->\n";
        var (start, end) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf($"<!-- /{Marker} -->", StringComparison.Ordinal));
        Assert.True(start >= 0 && end >= start + begin.Length, $"{Page} has no markers of the table {Marker}.");
        return (start + begin.Length)..end;
    }
}
