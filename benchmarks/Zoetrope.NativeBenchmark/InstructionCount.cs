using System.Diagnostics;
using System.Globalization;

namespace Zoetrope.NativeBenchmark;

/// <summary>The instructions that a native app executes, as valgrind counts them: a figure that other work on the machine does not change.</summary>
internal static class InstructionCount
{
    private const int Runs = 5;
    private const int FewCalls = 2_000;
    private const int ManyCalls = 12_000;

    /// <summary>The least of several runs: how long a thread spins before it sleeps is a matter of luck.</summary>
    /// <returns>Null where valgrind is not installed.</returns>
    public static async Task<long?> OfAsync(NativeApp app, string baseUrl)
    {
        if (!InstalledCommands.Has("valgrind"))
            return null;
        var least = long.MaxValue;
        for (var i = 0; i < Runs; i++)
            least = Math.Min(least, await CountAsync(app, "http", baseUrl));
        return least;
    }

    /// <summary>The instructions of one of many calls that an app makes: a run with many of them, less one with few.</summary>
    /// <param name="app">The app.</param>
    /// <param name="arguments">Its arguments, without the number of calls, which is the last.</param>
    /// <returns>Null where valgrind is not installed.</returns>
    public static async Task<double?> OfCallAsync(NativeApp app, params string[] arguments)
    {
        if (!InstalledCommands.Has("valgrind"))
            return null;
        var few = await CountAsync(app, "", [.. arguments, FewCalls.ToString(CultureInfo.InvariantCulture)]);
        var many = await CountAsync(app, "", [.. arguments, ManyCalls.ToString(CultureInfo.InvariantCulture)]);
        return (double)(many - few) / (ManyCalls - FewCalls);
    }

    /// <param name="app">The app.</param>
    /// <param name="prefix">What its output begins with where it does not fail.</param>
    /// <param name="arguments">Its arguments.</param>
    private static async Task<long> CountAsync(NativeApp app, string prefix, params string[] arguments)
    {
        using var folder = new CopiedProgram(app.Program);
        var start = new ProcessStartInfo("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", folder.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FAL_KEY"] = "benchmark" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var log = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        const string Total = "Collected : ";
        if (process.ExitCode != 0 || !(await output).StartsWith(prefix, StringComparison.Ordinal) || !log.Contains(Total, StringComparison.Ordinal))
            throw new InvalidOperationException($"{app.Name} failed below valgrind: {await output} {log}");
        return long.Parse(log[(log.IndexOf(Total, StringComparison.Ordinal) + Total.Length)..].Split('\n')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>A program without the file of its symbols beside it, which valgrind cannot read.</summary>
    private sealed class CopiedProgram : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoetrope-");

        public CopiedProgram(string program)
        {
            Program = Path.Combine(_folder.FullName, Path.GetFileName(program));
            File.Copy(program, Program);
        }

        public string Program { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
