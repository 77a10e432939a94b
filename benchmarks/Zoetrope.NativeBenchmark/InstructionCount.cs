using System.Diagnostics;
using System.Globalization;

namespace Zoetrope.NativeBenchmark;

/// <summary>The instructions that a native app executes, as valgrind counts them: a figure that other work on the machine does not change.</summary>
internal static class InstructionCount
{
    private const int Runs = 5;

    /// <summary>The least of several runs: how long a thread spins before it sleeps is a matter of luck.</summary>
    /// <returns>Null where valgrind is not installed.</returns>
    public static async Task<long?> OfAsync(NativeApp app, string baseUrl)
    {
        if (!InstalledCommands.Has("valgrind"))
            return null;
        var least = long.MaxValue;
        for (var i = 0; i < Runs; i++)
            least = Math.Min(least, await CountAsync(app, baseUrl));
        return least;
    }

    private static async Task<long> CountAsync(NativeApp app, string baseUrl)
    {
        using var folder = new CopiedProgram(app.Program);
        var start = new ProcessStartInfo("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", folder.Program, baseUrl])
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
        if (process.ExitCode != 0 || !(await output).StartsWith("http", StringComparison.Ordinal) || !log.Contains(Total, StringComparison.Ordinal))
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
