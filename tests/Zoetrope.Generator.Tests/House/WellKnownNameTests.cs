namespace Zoetrope.Generator.Tests.House;

/// <summary>What generated code calls can be read in one file of the generator.</summary>
public sealed class WellKnownNameTests
{
    /// <summary>The table of value kinds spells the types of its rows.</summary>
    private static readonly string[] _files = ["WellKnownNames.cs", "TypeRef.cs"];

    [Fact]
    public void The_types_that_generated_code_names_are_listed_once()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("generator", "Zoetrope.Generator"), "*.cs", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("global::Zoetrope.", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.Equal(_files.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }
}
