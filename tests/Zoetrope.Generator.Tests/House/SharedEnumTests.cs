using Zoetrope.Jobs;
using Zoetrope.Specs;

namespace Zoetrope.Generator.Tests.House;

/// <summary>What readers and the runtime have by one name, and what generated code takes from one to the other by name, is the same in both.</summary>
public sealed class SharedEnumTests
{
    [Fact]
    public void An_enumeration_of_the_readers_has_the_values_of_its_namesake_in_the_runtime()
    {
        var runtime = typeof(JobHandle).Assembly.GetExportedTypes().Where(type => type.IsEnum).ToDictionary(type => type.Name);
        var pairs = typeof(SpecReader).Assembly.GetTypes().Concat(typeof(ZoetropeGenerator).Assembly.GetTypes())
            .Where(type => type.IsEnum && runtime.ContainsKey(type.Name))
            .ToList();

        Assert.Equal(["EventData", "ParameterStyle"], pairs.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(pairs, type => Assert.Equal(Values(runtime[type.Name]), Values(type)));
    }

    private static IEnumerable<string> Values(Type type) => Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}");
}
