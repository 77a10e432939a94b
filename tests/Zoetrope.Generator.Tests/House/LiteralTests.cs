using System.Text.RegularExpressions;

namespace Zoetrope.Generator.Tests.House;

/// <summary>Numbers become C# in one place, so that none is written in the culture of a machine or without the suffix of its type.</summary>
public sealed partial class LiteralTests
{
    [GeneratedRegex("""(\}|\+ ")(m|d|L|UL)(?=\b|")""")]
    private static partial Regex Suffix { get; }

    [Fact]
    public void The_suffixes_of_numbers_are_written_where_literals_are_made()
    {
        var found = Directory.EnumerateFiles(Repository.PathOf("generator", "Zoetrope.Generator"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf("generator", "Zoetrope.Generator"), path).Replace('\\', '/'))
            .Where(file => file.Split('/')[0] is not ("bin" or "obj"))
            .Where(file => Suffix.IsMatch(File.ReadAllText(Repository.PathOf("generator", "Zoetrope.Generator", file))))
            .ToList();

        Assert.Contains("Emit/Literals.cs", found);
        Assert.DoesNotContain(found, file => !file.StartsWith("Emit/", StringComparison.Ordinal));
    }
}
