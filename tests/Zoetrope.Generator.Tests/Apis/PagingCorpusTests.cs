namespace Zoetrope.Generator.Tests;

/// <summary>The lists of real documents: which are recognized, looked at one by one.</summary>
public class PagingCorpusTests
{
    [Fact]
    public void The_lists_of_real_documents_are_as_reviewed()
    {
        var found = new List<string>();
        foreach (var api in RealApi.All)
        {
            foreach (var source in api.Sources.Values)
            {
                var lines = source.Split('\n').Select(line => line.Trim()).ToList();
                for (var i = 0; i < lines.Count; i++)
                {
                    if (!lines[i].StartsWith("() => ", StringComparison.Ordinal))
                        continue;
                    var position = lines[i + 1].Split("PagePosition.")[1].TrimEnd(',');
                    var members = lines[i + 2].Split("PageMembers(")[1].TrimEnd(',', ')');
                    found.Add($"{api.Spec.Path} {lines[i][6..].Split("Call(")[0]}: {position} of {members}\n");
                }
            }
        }
        TestFiles.AssertSnapshot("PagedOperations.txt", string.Concat(found.Order(StringComparer.Ordinal)));
    }
}
