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
    public void A_feature_is_ticked_by_a_test_that_exists(string marker, string name)
    {
        var test = Table(marker).Features.Single(feature => feature.Name == name).Test.Split('.');
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), test[0] + ".cs", SearchOption.AllDirectories).Select(File.ReadAllText);

        Assert.Contains(sources, source => source.Contains($" {test[1]}(", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_feature_says_what_each_of_the_others_has(string marker, string name) =>
        Assert.Equal(Table(marker).Others.Length, Table(marker).Features.Single(feature => feature.Name == name).Others.Length);

    [Theory]
    [MemberData(nameof(Markers))]
    public void The_table_of_the_page_is_that_of_the_features(string marker)
    {
        var table = Table(marker);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            table.WritePage();

        Assert.Equal(table.Text, table.ReadPage());
    }

    private static FeatureTable Table(string marker) => _tables.Single(table => table.Marker == marker);
}
