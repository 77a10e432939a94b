using System.Net;
using System.Text.RegularExpressions;

namespace Zoetrope.Packaging.Tests;

/// <summary>The site that docfx makes of the documentation and of the XML documentation of the packages.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public async Task The_site_is_built_without_warnings_and_its_links_lead_somewhere()
    {
        using var folder = new TemporaryFolder();
        var site = Path.Combine(folder.Path, "site");
        await RunAsync("tool", "restore");
        await RunAsync("docfx", "metadata");
        await RunAsync("docfx", "build", "--warningsAsErrors", "--output", site);

        var pages = Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories).ToDictionary(page => page, _ => (HashSet<string>?)null);
        Assert.Contains(Path.Combine(site, "index.html"), pages.Keys);
        // Pages of the API link by names that docfx has verified itself.
        var written = pages.Keys.Where(page => !page.StartsWith(Path.Combine(site, "api"), StringComparison.Ordinal)).ToList();
        var broken = written.SelectMany(
            page => Links(page).Where(link => !Exists(page, link)).Select(link => $"{Path.GetRelativePath(site, page)}: {link}"));

        Assert.True(written.Count > 50);
        Assert.Empty(broken);
        var api = Directory.EnumerateFiles(Path.Combine(site, "api")).Select(Path.GetFileName).ToList();
        var missing = PackageContentTests.LibraryIds.Select(row => row.Data)
            .Where(id => !api.Exists(page => page!.StartsWith(id + ".", StringComparison.Ordinal)));
        // One that is not here is not in docfx.json. They are built where they were packed.
        Assert.Empty(missing);

        bool Exists(string page, string link)
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
            if (!Path.Exists(target))
                return false;
            return parts.Length == 1 || parts[1].Length == 0 || !pages.ContainsKey(target) || (pages[target] ??= Anchors(target)).Contains(parts[1]);
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var run = await Command.RunAsync("dotnet", arguments, Repository.Root);
        Assert.True(run.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {run.ExitCode}:\n{run.All}");
    }

    private static IEnumerable<string> Links(string page) => Link().Matches(File.ReadAllText(page))
        .Select(match => Uri.UnescapeDataString(WebUtility.HtmlDecode(match.Groups[1].Value)))
        .Where(link => !link.Contains(':', StringComparison.Ordinal) && !link.StartsWith("//", StringComparison.Ordinal));

    private static HashSet<string> Anchors(string page) =>
        [.. Anchor().Matches(File.ReadAllText(page)).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex(" (?:id|name)=\"([^\"]+)\"")]
    private static partial Regex Anchor();
}
