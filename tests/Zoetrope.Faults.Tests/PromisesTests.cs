using System.Text.RegularExpressions;

namespace Zoetrope.Faults.Tests;

/// <summary>The page of promises names tests; it must not name what is not there.</summary>
public sealed partial class PromisesTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);
        var named = NamedTest().Matches(Page()).Select(match => (Class: match.Groups[1].Value, Test: match.Groups[2].Value)).ToHashSet();

        Assert.True(named.Count > 20);
        Assert.All(named, test => Assert.Contains(sources[test.Class], source => Regex.IsMatch(source, $@"public (async Task|Task|void) {test.Test}\(")));
    }

    [Fact]
    public void Every_promise_says_what_holds_it()
    {
        var paragraphs = Page().Split("\n\n");
        var promises = Enumerable.Range(0, paragraphs.Length - 1).Where(i => paragraphs[i].StartsWith("**", StringComparison.Ordinal)).ToList();

        Assert.True(promises.Count > 10);
        Assert.All(promises, promise => Assert.StartsWith("- Held by `", paragraphs[promise + 1], StringComparison.Ordinal));
    }

    private static string Page() => File.ReadAllText(Repository.PathOf("docs", "promises.md"));

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex NamedTest();
}
