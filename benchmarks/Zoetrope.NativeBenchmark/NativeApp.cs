using System.Diagnostics;
using System.Globalization;

namespace Zoetrope.NativeBenchmark;

/// <summary>One run of an app: how long until its response was on stdout, and until it had exited.</summary>
internal readonly record struct Sample(double ResponseMilliseconds, double ExitMilliseconds);

/// <summary>An app that was published as a native program.</summary>
internal sealed class NativeApp(string name, string program)
{
    public string Name { get; } = name;

    public string Program { get; } = program;

    public long Size { get; } = new FileInfo(program).Length;

    /// <summary>Publishes an app of the folder <c>apps</c>.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="name">The name of the app.</param>
    /// <param name="options">Further options of <c>dotnet publish</c>.</param>
    public static NativeApp Publish(string root, string name, params string[] options)
    {
        var output = PublishTo(Path.Combine(root, "benchmarks", "apps", name), Path.Combine(root, "artifacts", "native", name), options);
        return new NativeApp(name, Path.Combine(output, OperatingSystem.IsWindows() ? name + ".exe" : name));
    }

    /// <summary>Publishes a project to a folder.</summary>
    /// <returns>The folder.</returns>
    public static string PublishTo(string project, string output, params string[] options)
    {
        string[] arguments = ["publish", project, "-c", "Release", "-o", output, "-v", "q", "--nologo", .. options];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        publish.WaitForExit();
        return publish.ExitCode == 0 ? output : throw new InvalidOperationException($"{project} could not be published.");
    }

    public async Task<Sample> MeasureAsync(string baseUrl)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(Program, [baseUrl]);
        var response = await process.StandardOutput.ReadLineAsync();
        var responded = clock.Elapsed.TotalMilliseconds;
        await process.WaitForExitAsync();
        var exited = clock.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0 || response is null || !response.StartsWith("http", StringComparison.Ordinal))
            throw new InvalidOperationException($"{Name} failed: {response} {await process.StandardError.ReadToEndAsync()}");
        return new Sample(responded, exited);
    }

    /// <summary>The median of the figure that the app prints in each of several processes.</summary>
    public async Task<long> MedianAsync(int runs, params string[] arguments)
    {
        var figures = new List<long>();
        for (var i = 0; i < runs; i++)
        {
            using var process = Start(Program, arguments);
            var line = await process.StandardOutput.ReadLineAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{Name} failed: {line} {await process.StandardError.ReadToEndAsync()}");
            figures.Add(long.Parse(line!, CultureInfo.InvariantCulture));
        }
        figures.Sort();
        return figures[figures.Count / 2];
    }

    /// <summary>All that the app prints.</summary>
    public async Task<string> OutputAsync(params string[] arguments)
    {
        using var process = Start(Program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Name} failed: {output} {await errors}");
    }

    private static Process Start(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FAL_KEY"] = "benchmark";
        return Process.Start(start)!;
    }
}
