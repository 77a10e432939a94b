using System.Text.RegularExpressions;

namespace Zoetrope.Packaging.Tests;

/// <summary>The prose of the documentation: its spelling, by hunspell with American and British words, and phrases that readers stumble over.</summary>
public sealed partial class ProseTests
{
    private static readonly string[] Folders = ["benchmarks", "docs", "findings", "generator", "samples", "specs", "src", "tests"];

    public static TheoryData<string> Phrases =>
    [
        @"(?<![Tt]here )\bis no (?!longer)", @"\bgives? up\b", @"\btelling\b", @"\b(\w+) \1\b(?<!\b(?:that that|had had))", @"\butilize", @"\bsimply\b",
        @"\bplease\b", @"\ballows? to\b", @"\bin order to\b", @"\bTODO\b", @"\bobviously\b", @"\beasily\b",
        // American English, as in .NET.
        @"\b(colour|behaviour|honour|favour|neighbour)|\bcancel(led|ling)\b|\blabelled\b|\b(recogn|organ|optim|serial|initial)is|\blicence\b|\bgrey\b|\w+spelt\b",
    ];

    private static IEnumerable<string> Pages => Directory.EnumerateFiles(Repository.Root, "*.md")
        .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories)))
        .Where(page => !Built().IsMatch(page[Repository.Root.Length..]) && !IsOfProvider(page));

    [Fact]
    public async Task Every_word_is_spelled_as_in_a_dictionary()
    {
        Assert.SkipUnless(Native.IsOnPath("hunspell"), "There is no hunspell: apt-get install hunspell hunspell-en-us hunspell-en-gb.");
        using var folder = new TemporaryFolder();
        var text = folder.Write("prose.txt", string.Join('\n', Pages.Select(Prose)));

        var run = await Command.RunAsync("hunspell", ["-l", "-i", "utf-8", "-d", "en_US,en_GB", text]);

        Assert.Equal("", run.Error);
        var known = File.ReadAllLines(Repository.PathOf("docs", "site", "words.txt")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Empty(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(word => !known.Contains(Stem(word))).Distinct());
    }

    [Theory]
    [MemberData(nameof(Phrases))]
    public void No_page_has_a_phrase_that_readers_stumble_over(string phrase)
    {
        var found = Pages.SelectMany(page => Regex.Matches(Prose(page), phrase).Select(match => $"{page[Repository.Root.Length..]}: {match.Value}"));

        Assert.Empty(found);
    }

    private static bool IsOfProvider(string page) =>
        Path.GetFileName(page) != "README.md" && page.Contains($"{Path.DirectorySeparatorChar}specs{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string Stem(string word) => word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;

    // Code, addresses, tags and what has digits are not words.
    private static string Prose(string page) => NotProse().Replace(File.ReadAllText(page), " … ");

    [GeneratedRegex(@"^[ ]*```.*?^[ ]*```|`[^`]*`|\]\([^)]*\)|<[^>]*>|https?://\S+|@\S+|\S*[0-9]\S*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"[\\/](bin|obj|obj-native|node_modules|packages|artifacts)[\\/]")]
    private static partial Regex Built();
}
