namespace Zoetrope.Cli.Vendoring;

/// <summary>Stands for the reader of workflows in the native build, which does not add documents.</summary>
internal static class ArazzoFile
{
    /// <summary>Says that there is none, and what to do.</summary>
    /// <exception cref="UsageException">Always.</exception>
    public static Task<string> ReadAsync(string source, string option, CancellationToken cancellationToken) => throw new UsageException(
        [$"{option}: this native build cannot read {source}: it does not add documents."],
        ["The dotnet tool does: `dotnet tool install --global Zoetrope.Cli`."]);
}
