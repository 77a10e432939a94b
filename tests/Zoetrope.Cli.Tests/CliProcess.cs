using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Zoetrope.Cli.Tests;

/// <summary>The command line as a process of its own, without a shell (but for one that redirects its streams).</summary>
public sealed class CliProcess : IDisposable
{
    private static readonly string Assembly = typeof(CliProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "CommandLineAssembly").Value!;

    private static readonly string[] Variables =
        [
            "FAL_KEY",
            "FAL_KEY_ID",
            "FAL_KEY_SECRET",
            "FAL_BASE_URL",
            "EACHLABS_API_KEY",
            "EACH_API_KEY",
            "EACHLABS_BASE_URL",
            "HTTP_PROXY",
            "http_proxy",
            "ALL_PROXY",
            "all_proxy",
            .. Directory.EnumerateFiles(Repository.PathOf("specs"), "*.jobs.json", SearchOption.AllDirectories).SelectMany(VariablesOf),
        ];

    // Far beyond what any of these runs takes, on a machine that does ten other things too: a hanging process must end the test, not the machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _data;
    private readonly Process _process;
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<string> _errorLines = [];
    private readonly SemaphoreSlim _errorLineCame = new(0);
    private readonly Task<string> _output;
    private readonly Task _errors;

    private CliProcess(Process process, string data, bool readOutput)
    {
        _process = process;
        _data = data;
        _output = readOutput ? process.StandardOutput.ReadToEndAsync(_patience.Token) : Task.FromResult("");
        _errors = ReadErrorsAsync();
    }

    /// <summary>The assembly of the command line.</summary>
    public static string Path => Assembly;

    /// <summary>Where the command line and its parts are.</summary>
    public static string Folder { get; } = System.IO.Path.GetDirectoryName(Assembly)!;

    /// <summary>Where handles go that could not be printed.</summary>
    public string LostHandles => System.IO.Path.Combine(_data, "zoetrope", "handles.txt");

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The process's stdin, when it is kept open.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>The process's stdout, when it is not collected.</summary>
    public StreamReader Output => _process.StandardOutput;

    public static CliProcess Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null, bool collectOutput = true,
        string? redirections = null, string folder = "",
        bool onTerminal = false, bool keepInput = false, int columns = 80, int? narrowTo = null)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [host, "exec", Assembly, .. arguments];
        if (redirections is not null)
            command = ["/bin/sh", "-c", $"exec \"$0\" \"$@\" {redirections}", .. command];
        var data = Directory.CreateTempSubdirectory("zoetrope-data-").FullName;
        if (onTerminal)
        {
            var pipe = NarrowPipe(data);
            var narrow = narrowTo is null ? "" : $"mkfifo '{pipe}'; (read now < '{pipe}'; stty cols {narrowTo} < /dev/tty) & ";
            var words = string.Join(' ', command.Select(part => $"'{part}'"));
            command = ["script", "--quiet", "--flush", "--command", $"stty cols {columns}; {narrow}exec {words}", "/dev/null"];
        }
        // Where these tests themselves run in the background, SIGINT is ignored, and so it would be in what they start.
        if (OperatingSystem.IsLinux())
            command = ["/usr/bin/env", "--default-signal=INT,QUIT,HUP", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var variable in Variables)
            start.Environment.Remove(variable);
        start.Environment["XDG_DATA_HOME"] = data;
        start.Environment["XDG_CACHE_HOME"] = data;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        if (input is not null)
            process.StandardInput.Write(input);
        if (!keepInput)
            process.StandardInput.Close();
        return new CliProcess(process, data, collectOutput);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<CliResult> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null, string folder = "")
    {
        using var process = Start(arguments, environment, input, folder: folder);
        return await process.FinishAsync();
    }

    /// <summary>Runs to the end.</summary>
    public static Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, null);

    /// <summary>Waits for the end.</summary>
    public async Task<CliResult> FinishAsync()
    {
        await _process.WaitForExitAsync(_patience.Token);
        await _errors;
        return new CliResult(_process.ExitCode, await _output, [.. _errorLines]);
    }

    /// <summary>Waits for a line on stderr that begins so, and gives the rest of it.</summary>
    public async Task<string> ErrorLineAsync(string prefix)
    {
        while (true)
        {
            lock (_errorLines)
            {
                if (_errorLines.Find(line => line.StartsWith(prefix, StringComparison.Ordinal)) is { } found)
                    return found[prefix.Length..];
            }
            if (_errors.IsCompleted)
                throw new InvalidOperationException($"The process ended without a line '{prefix}…': {string.Join('\n', _errorLines)}");
            await _errorLineCame.WaitAsync(_patience.Token);
        }
    }

    /// <summary>Makes the terminal as narrow as it was started to become.</summary>
    public async Task NarrowAsync()
    {
        await using var pipe = new FileStream(NarrowPipe(_data), FileMode.Open, FileAccess.Write);
        await pipe.WriteAsync("now\n"u8.ToArray(), _patience.Token);
    }

    /// <summary>Ends the process as a crash would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends Ctrl+C, or another signal.</summary>
    public async Task InterruptAsync(string signal = "-INT")
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]))!;
        await kill.WaitForExitAsync(_patience.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _patience.Dispose();
        _errorLineCame.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string NarrowPipe(string data) => System.IO.Path.Combine(data, "narrow");

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync(_patience.Token) is { } line)
        {
            lock (_errorLines)
                _errorLines.Add(line);
            _errorLineCame.Release();
        }
        _errorLineCame.Release();
    }

    // A declared provider's keys, and its base URL.
    private static IEnumerable<string> VariablesOf(string declaration)
    {
        var json = JsonNode.Parse(File.ReadAllText(declaration))!;
        var keys = json["keys"] is JsonArray several ? several.Select(key => (string)key!) : [(string)json["keys"]!];
        return keys.Append($"{((string)json["provider"]!).ToUpperInvariant().Replace('-', '_')}_BASE_URL");
    }
}
