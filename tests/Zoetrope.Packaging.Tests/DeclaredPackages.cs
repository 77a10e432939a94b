namespace Zoetrope.Packaging.Tests;

/// <summary>The packages of declared providers: the projects that <c>src/Provider.targets</c> makes.</summary>
internal static class DeclaredPackages
{
    /// <summary>Their ids.</summary>
    public static string[] Ids { get; } =
    [
        .. Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("Provider.targets", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal),
    ];
}
