using System.Diagnostics;

namespace Zoetrope.Protocol.Tests.WireMock;

/// <summary>Finds WireMock's jar, which npm installs beside the stubs (the package holds the jar; nothing else is downloaded).</summary>
internal static class WireMockInstall
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);

    public static string Folder { get; } = Path.Combine(FindRepository(), "tests", "wiremock");

    /// <summary>The tool that is not there; null when nothing is missing.</summary>
    public static string? FindMissingTool()
    {
        if (!IsOnPath("java"))
            return "java";
        return FindJar() is null && !IsOnPath("npm") ? "node (npm)" : null;
    }

    /// <summary>The jar, after installing it when it is not there. Test runs at the same time wait for each other.</summary>
    public static async Task<string> FindJarAsync()
    {
        if (FindJar() is { } present)
            return present;
        await using var guard = await LockAsync();
        return FindJar() ?? await InstallAsync();
    }

    private static string? FindJar()
    {
        var build = Path.Combine(Folder, "node_modules", "wiremock", "build");
        return Directory.Exists(build) ? Directory.EnumerateFiles(build, "wiremock-standalone-*.jar").FirstOrDefault() : null;
    }

    private static async Task<string> InstallAsync()
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            start.ArgumentList.Add(argument);
        using var npm = Process.Start(start)!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        return FindJar() ?? throw new InvalidOperationException($"npm ci did not install WireMock (exit code {npm.ExitCode}): {await errors}{await output}");
    }

    private static async Task<FileStream> LockAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), "zoetrope-wiremock.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockRetry);
            }
        }
    }

    private static bool IsOnPath(string tool)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (File.Exists(Path.Combine(folder, tool)) || File.Exists(Path.Combine(folder, tool + ".exe")) || File.Exists(Path.Combine(folder, tool + ".cmd")))
                return true;
        }
        return false;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sdk.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
