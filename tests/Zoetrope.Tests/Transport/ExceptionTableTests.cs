using System.Text.RegularExpressions;
using Zoetrope.Errors;

namespace Zoetrope.Tests;

/// <summary>The table of exceptions in the guide: it has each public one of the core, and what it says of their bases is true.</summary>
public sealed partial class ExceptionTableTests
{
    [Fact]
    public void The_guide_has_a_row_for_each_exception()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "guide.md"));
        var table = guide.Split("<!-- exceptions -->")[1].Split("<!-- /exceptions -->")[0];
        var rows = Row().Matches(table).Select(row => (Name: row.Groups[1].Value, Base: row.Groups[2].Value)).ToList();

        var exceptions = typeof(ZoetropeException).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsGenericType)
            .ToDictionary(type => type.Name);

        Assert.Equal(exceptions.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.All(rows.Where(row => row.Base.Length > 0), row => Assert.Contains(row.Base, BasesOf(exceptions[row.Name])));
        // What the sentence above the table says.
        Assert.All(exceptions.Values, type => Assert.True(
            type.IsAssignableTo(typeof(ZoetropeException)) || type.IsAssignableTo(typeof(OperationCanceledException)), type.Name));
    }

    private static IEnumerable<string> BasesOf(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
            yield return at.Name;
    }

    [GeneratedRegex(@"^\| `(\w+)`(?:, an? `(\w+)`)? \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
