namespace Zoetrope.TestKit;

/// <summary>The checkout that this program was built from.</summary>
public static class Repository
{
    /// <summary>The folder of Sdk.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Sdk.sln")))
                return folder;
        }
        throw new DirectoryNotFoundException("There is no Sdk.sln above this program.");
    }
}
