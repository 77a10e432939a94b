using System.Globalization;

namespace Zoetrope.Packaging.Tests;

/// <summary>
/// The sizes of the assemblies that the packages contain, held to <c>sizes.txt</c>: what makes one larger is seen in review. With UPDATE_SNAPSHOTS=1 the file
/// is written anew. Sizes of native apps are held by <see cref="NativeTests"/> and <see cref="ManyModelsTests"/>, against the same program written by hand.
/// </summary>
public sealed class SizeTests(PackedPackages packages)
{
    private const double LargestGrowth = 1.03;
    private const double LargestLoss = 0.9;

    private static readonly string _baselines = Path.Combine(Repository.PathOf("tests/Zoetrope.Packaging.Tests"), "sizes.txt");

    [Fact]
    public void Assemblies_have_the_sizes_that_are_written_down()
    {
        var sizes = Libraries().Select(id => (Id: id, Size: SizeOf(id))).ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllLines(_baselines, sizes.Select(one => $"{one.Id} {one.Size.ToString(CultureInfo.InvariantCulture)}"));
        var baselines = File.ReadAllLines(_baselines).Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));

        Assert.Equal(baselines.Keys.Order(StringComparer.Ordinal), sizes.Select(one => one.Id));
        Assert.All(sizes, one => Assert.InRange(one.Size, baselines[one.Id] * LargestLoss, baselines[one.Id] * LargestGrowth));
    }

    private static IEnumerable<string> Libraries() =>
        new[]
            {
                "Zoetrope", "Zoetrope.AspNetCore", "Zoetrope.Fal", "Zoetrope.Fal.Platform", "Zoetrope.Eachlabs", "Zoetrope.Catalog",
                "Zoetrope.Extensions.Hosting", "Zoetrope.Extensions.OpenTelemetry", "Zoetrope.Jobs", "Zoetrope.Jobs.Postgres", "Zoetrope.Jobs.Sqlite",
                "Zoetrope.Kiota", "Zoetrope.Simulator",
            }
            .Concat(DeclaredPackages.Ids)
            .Order(StringComparer.Ordinal);

    private long SizeOf(string id)
    {
        using var package = packages.Open(id);
        return package.Entries.Single(entry => entry.Name == id + ".dll").Length;
    }
}
