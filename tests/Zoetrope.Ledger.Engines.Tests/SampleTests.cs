namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>What the pages show is what is compiled and run here.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("docs/jobs-engines.md", 3)]
    [InlineData("src/Zoetrope.Jobs.Orleans/README.md", 1)]
    public void Each_sample_is_code_of_these_tests(string page, int count)
    {
        var sources = Directory.GetFiles(Repository.PathOf("tests/Zoetrope.Ledger.Engines.Tests"), "*.cs")
            .Select(path => Plain(File.ReadAllText(path))).ToList();
        var samples = File.ReadAllText(Repository.PathOf(page)).Split("```cs\n").Skip(1).Select(text => Plain(text.Split("```")[0])).ToList();

        Assert.Equal(count, samples.Count);
        Assert.All(samples, sample => Assert.Contains(sources, source => source.Contains(sample, StringComparison.Ordinal)));
    }

    // Without the indentation, which differs.
    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();
}
