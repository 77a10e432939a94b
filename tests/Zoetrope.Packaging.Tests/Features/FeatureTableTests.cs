namespace Zoetrope.Packaging.Tests.Features;

/// <summary>
/// The tables that compare Zoetrope with others. A feature of ours is ticked by the test that shows it; with UPDATE_SNAPSHOTS=1 the tables are written.
/// </summary>
public sealed class FeatureTableTests
{
    private static readonly FeatureTable[] _tables = [ClientFeatures.Table, ConventionFeatures.Table];

    public static TheoryData<string> Markers => [.. _tables.Select(table => table.Marker)];

    public static TheoryData<string, string> Names
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var table in _tables)
            {
                foreach (var feature in table.Features)
                    data.Add(table.Marker, feature.Name);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFeatureIsTickedByATestThatExists(string marker, string name)
    {
        var test = Table(marker).Features.Single(feature => feature.Name == name).Test.Split('.');
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), test[0] + ".cs", SearchOption.AllDirectories).Select(File.ReadAllText);

        Assert.Contains(sources, source => source.Contains($" {test[1]}(", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFeatureSaysWhatEachOfTheOthersHas(string marker, string name) =>
        Assert.Equal(Table(marker).Others.Length, Table(marker).Features.Single(feature => feature.Name == name).Others.Length);

    [Theory]
    [MemberData(nameof(Markers))]
    public void TheTableOfThePageIsThatOfTheFeatures(string marker)
    {
        var table = Table(marker);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            table.WritePage();

        Assert.Equal(table.Text, table.ReadPage());
    }

    private static FeatureTable Table(string marker) => _tables.Single(table => table.Marker == marker);
}
