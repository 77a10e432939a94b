using System.Text.RegularExpressions;

namespace Zoetrope.Packaging.Tests;

/// <summary>The documentation leads to what is there: links, files and types exist.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Ours = ["CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"];

    private static readonly string[] Folders = ["benchmarks", "docs", "findings", "generator", "samples", "src", "tests"];

    private static readonly Lazy<List<string>> Sources = new(() => [.. Files("generator", "*.cs"), .. Files("src", "*.cs"), .. Files("tests", "*.cs")]);

    private static IEnumerable<string> Pages =>
        Ours.Select(page => Repository.PathOf(page))
            .Append(Repository.PathOf("specs", "README.md"))
            .Concat(Folders.SelectMany(folder => Files(folder, "*.md")).Where(IsOurs));

    // Pages of providers link to their own sites.
    private static bool IsOurs(string page) =>
        Path.GetFileName(page) == "README.md" || !page.Contains($"{Path.DirectorySeparatorChar}specs{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [Fact]
    public void Every_relative_link_leads_to_a_file()
    {
        var links = Pages.SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(match => (Page: page, Target: match.Groups[1].Value))).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(
            Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)), $"{link.Page} links to {link.Target}, which does not exist"));
    }

    /// <summary>After a new measurement, <c>UPDATE_SNAPSHOTS=1</c> draws it again.</summary>
    [Fact]
    public void The_picture_of_the_README_shows_the_figures_of_the_tables()
    {
        var picture = Repository.PathOf("docs", "benchmarks.svg");
        var drawn = BenchmarkChart.Draw(File.ReadAllText(Repository.PathOf("benchmarks", "README.md")));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(picture, drawn);

        Assert.Equal(drawn, File.ReadAllText(picture));
    }

    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/guide.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_file_and_type_that_is_named_exists(string page)
    {
        var names = Code().Matches(File.ReadAllText(Repository.PathOf(page))).Select(match => match.Groups[1].Value).ToHashSet();
        var code = string.Concat(Sources.Value.Select(File.ReadAllText));

        var missing = names.Where(name => !IsThere(name, code)).ToList();

        Assert.True(names.Count > 10);
        Assert.Empty(missing);
    }

    // Commands, options and words of other tools are none of these forms.
    private static bool IsThere(string name, string code)
    {
        if (name.EndsWith(".cs", StringComparison.Ordinal))
            return Sources.Value.Exists(file => file.EndsWith('/' + name, StringComparison.Ordinal));
        if (name.Contains('/', StringComparison.Ordinal) && Folders.Contains(name.Split('/')[0]))
            return Path.Exists(Repository.PathOf(name)) || Sources.Value.Exists(file => file.EndsWith('/' + name + ".cs", StringComparison.Ordinal));
        return !TypeOrMember().IsMatch(name)
            || Array.TrueForAll(name.Split('.'), part => code.Contains(part, StringComparison.Ordinal))
            || Sources.Value.Exists(file => file.Contains('/' + name + '/', StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Repository.PathOf(folder), pattern, SearchOption.AllDirectories)
        .Where(file => !BuildFolder().IsMatch(file[Repository.Root.Length..]))
        .Select(file => file.Replace('\\', '/'));

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z]\w+(\.[A-Z]\w+)*$")]
    private static partial Regex TypeOrMember();

    [GeneratedRegex(@"[\\/](bin|obj|obj-native|node_modules|packages)[\\/]")]
    private static partial Regex BuildFolder();
}
