namespace Zoetrope.Cli.Simulation;

/// <summary>What is said about an endpoint that is simulated without a document.</summary>
internal static class UndocumentedEndpoint
{
    /// <summary>That its results are not its own.</summary>
    /// <param name="id">Its id.</param>
    public static string Warning(string id) =>
        $"warning: the simulator has no document of '{id}': it takes any input, and its result is of the usual kind. `zoetrope specs add` fetches documents, "
            + "and `zoetrope simulate --specs` plays them.";
}
