using System.Reflection;

namespace Zoetrope.Cli.Simulation;

/// <summary>Stands for the simulator in the native build, which leaves it out: its schema validation needs code that is made at run time.</summary>
internal static class EmbeddedSimulator
{
    /// <summary>The assembly that has the documents of the models.</summary>
    public static Assembly Documents => typeof(EmbeddedSimulator).Assembly;

    /// <summary>Says that there is none, and what to do.</summary>
    /// <exception cref="UsageException">Always.</exception>
    public static Task<(Uri BaseUrl, IAsyncDisposable Server, IReadOnlyList<string> Declared)> StartAsync(SimulatorSettings settings) =>
        throw new UsageException(
            ["This native build does not contain the simulator."],
            [
                "Set the provider's key, or pass the address of a running simulator with --base-url. The dotnet tool contains one:",
                "`dotnet tool install --global Zoetrope.Cli`, then `zoetrope simulate`.",
            ]);
}
