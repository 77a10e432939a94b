namespace Zoetrope.Cli.Vendoring;

/// <summary>Stands for the import in the native build, which leaves it out: the independent reader needs code that is made at run time.</summary>
internal static class DocumentImport
{
    /// <summary>Says that there is none, and what to do.</summary>
    /// <exception cref="UsageException">Always.</exception>
    public static ImportedDocument Import(string path, string text) => throw new UsageException(
        [$"This native build cannot add {path}: it does not contain the second reader."],
        ["The dotnet tool does: `dotnet tool install --global Zoetrope.Cli`. Or copy the document into its provider's folder, then `zoetrope specs lock`."]);

    /// <summary>Never comes to it: <see cref="Import"/> is asked first.</summary>
    public static Task<string?> LintAsync(string text, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
