using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Zoetrope.NativeBenchmark;

/// <summary>
/// Compares how fast command lines start: ours as a native program, the one of a provider in Node, and GitHub's in Go. What is not installed is left out.
/// </summary>
internal static class CommandLines
{
    private const string Peer = "@wavespeed/cli@0.2.2";

    public static async Task<string> MeasureAsync(string root, int runs)
    {
        var ours = NativeApp.PublishTo(Path.Combine(root, "src", "Zoetrope.Cli"), Path.Combine(root, "artifacts", "native", "cli"), "-p:ZoetropeNative=true");
        var program = Path.Combine(ours, OperatingSystem.IsWindows() ? "zoetrope.exe" : "zoetrope");
        using var folder = new TemporaryPackages();
        using var listing = new ModelListing();
        // What providers list is read from the cache, which one run fills.
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", folder.Path);
        string[] listed = ["models", "--all", "--base-url", listing.Url];
        await RunAsync(program, listed);
        var commands = new List<(string Name, string File, string[] Arguments)>
        {
            ("zoetrope --help", program, ["--help"]),
            ("zoetrope models", program, ["models"]),
            (string.Create(CultureInfo.InvariantCulture, $"zoetrope models --all ({ModelListing.Count:N0} listed models, from the cache)"), program, listed),
        };
        if (await folder.InstallAsync(Peer, "wavespeed") is { } wavespeed)
            commands.Add(($"wavespeed --help ({Peer})", wavespeed, ["--help"]));
        if (InstalledCommands.Has("gh"))
            commands.Add(("gh --help", "gh", ["--help"]));

        var times = commands.Select(static _ => new List<double>()).ToArray();
        for (var i = -2; i < runs; i++)
        {
            for (var command = 0; command < commands.Count; command++)
            {
                var time = await RunAsync(commands[command].File, commands[command].Arguments);
                if (i >= 0)
                    times[command].Add(time);
            }
        }
        var text = new StringBuilder().AppendLine("| command | start to exit, median | ratio |").AppendLine("|---|---|---|");
        foreach (var (command, all) in commands.Zip(times))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture, $"| `{command.Name}` | {Median(all):F1} ms | {Median(all) / Median(times[0]):F1} |");
        }
        return text.ToString();
    }

    private static async Task<double> RunAsync(string file, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var time = clock.Elapsed.TotalMilliseconds;
        return process.ExitCode == 0 && output.Length > 0 ? time : throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {await errors}");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>A folder with npm packages, and with the cache of the command line.</summary>
    private sealed class TemporaryPackages : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoetrope-");

        public string Path => _folder.FullName;

        /// <summary>Installs a package; null where npm is not installed or the package cannot be had.</summary>
        /// <returns>The path of its command.</returns>
        public async Task<string?> InstallAsync(string package, string command)
        {
            if (!InstalledCommands.Has("npm") || !InstalledCommands.Has("node"))
                return null;
            using var npm = Process.Start(
                new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--silent", package]) { WorkingDirectory = _folder.FullName })!;
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? System.IO.Path.Combine(_folder.FullName, "node_modules", ".bin", command) : null;
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
