using System.ComponentModel;
using System.Diagnostics;

namespace Zoetrope.WaitBenchmark;

/// <summary>fal's own client for JavaScript, installed in a temporary folder.</summary>
internal static class JavaScriptClient
{
    private const string Script = "javascript.mjs";

    /// <summary>Installs it.</summary>
    /// <param name="package">The package and its version.</param>
    /// <returns>The script that waits; null on a machine without npm.</returns>
    public static async Task<string?> InstallAsync(string package)
    {
        var folder = Directory.CreateTempSubdirectory("zoetrope-waits-").FullName;
        var script = Path.Combine(folder, Script);
        File.Copy(Path.Combine(AppContext.BaseDirectory, Script), script);
        try
        {
            var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", package.Replace(' ', '@')])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? script : throw new InvalidOperationException($"npm ended with {process.ExitCode}.");
        }
        catch (Win32Exception exception)
        {
            Console.Error.WriteLine($"npm cannot be run, so {package} is left out: {exception.Message}");
            return null;
        }
    }
}
