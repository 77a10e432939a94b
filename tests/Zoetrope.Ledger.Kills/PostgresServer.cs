using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Zoetrope.Ledger.Kills;

/// <summary>A PostgreSQL server of the tests' own, on a port of loopback and in a temporary folder. It ends with this process, however that ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // PostgreSQL does not run as root.
    private const string User = "postgres";

    // The server ends when the standard input does.
    private const string Script =
        "cd /; exec 3<&0; \"$@\" >>\"$0\" 2>&1 3<&- & server=$!; { read -r end <&3; kill -INT $server; } & reader=$!; wait $server; kill $reader 2>/dev/null";

    private static readonly string? Binaries = FindBinaries();

    private readonly string _folder;
    private readonly int _port;
    private readonly string[] _settings;
    private Process? _process;

    private PostgresServer(string folder, int port, string[] settings)
    {
        _folder = folder;
        _port = port;
        _settings = settings;
    }

    /// <summary>Why there is no server; null where one can be started.</summary>
    public static string? Missing { get; } =
        Binaries is null ? "PostgreSQL's server is not installed (apt-get install --no-install-recommends postgresql)."
        : Environment.UserName == "root" && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith(User + ":", StringComparison.Ordinal))
            ? $"PostgreSQL does not run as root, and there is no user {User}."
        : null;

    /// <summary>How an administrator connects; for a ledger, see <see cref="NewLedger"/>.</summary>
    public string Connection => $"Host=127.0.0.1;Port={_port};Username={User};Database=postgres";

    /// <summary>The port.</summary>
    public int Port => _port;

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Settings, as <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "zoetrope-postgres-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
            await RunAsync("chown", User, folder);
        var server = new PostgresServer(folder, FreePort(), settings);
        var (name, prefix) = AsUser();
        await RunAsync(
            name,
            [
                .. prefix, Path.Combine(Binaries!, "initdb"), "-D", Path.Combine(folder, "data"), "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C",
                "--no-sync",
            ]);
        await server.RestartAsync();
        return server;
    }

    /// <summary>How a ledger of its own is reached.</summary>
    public string NewLedger() => $"{Connection};Search Path=ledger_{Guid.NewGuid():N}";

    /// <summary>Runs a statement as the administrator, and returns its first value.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Kills the server as a loss of its memory does.</summary>
    public void Kill()
    {
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture));
        server.Kill();
    }

    /// <summary>Starts the server again.</summary>
    public async Task RestartAsync()
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(100))
        {
            await EndAsync();
            _process = Start();
            // One that starts while processes of the killed one have not ended yet ends again.
            while (!_process.HasExited)
            {
                try
                {
                    await using var source = NpgsqlDataSource.Create(Connection + ";Pooling=false;Timeout=2");
                    await using var connection = await source.OpenConnectionAsync();
                    return;
                }
                catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
                {
                    if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMinutes(1))
                        break;
                    await Task.Delay(50);
                }
            }
            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException($"PostgreSQL does not start: {await File.ReadAllTextAsync(Log)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Log => Path.Combine(_folder, "log");

    private string PidFile => Path.Combine(_folder, "data", "postmaster.pid");

    private Process Start()
    {
        var (name, prefix) = AsUser();
        // The database's defaults are the worst for a ledger: it must not depend on them.
        // In a session of its own, or a signal to the tests, as that of Ctrl+C, would stop the server before them.
        return Process.Start(new ProcessStartInfo(
            "setsid",
            [
                name, .. prefix, "sh", "-c", Script, Log, Path.Combine(Binaries!, "postgres"), "-D", Path.Combine(_folder, "data"), "-p",
                _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
                "-c", "synchronous_commit=off", "-c", "default_transaction_isolation=serializable", "-c", "shared_buffers=64MB",
                .. _settings.SelectMany(setting => new[] { "-c", setting }),
            ])
        {
            RedirectStandardInput = true,
        })!;
    }

    private async Task EndAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static (string Name, string[] Arguments) AsUser() =>
        Environment.UserName == "root" ? ("setpriv", ["--reuid=" + User, "--regid=" + User, "--clear-groups"]) : ("env", []);

    private static async Task RunAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).OrderByDescending(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
