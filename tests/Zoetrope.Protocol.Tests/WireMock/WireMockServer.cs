using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Zoetrope.Protocol.Tests.WireMock;

[assembly: AssemblyFixture(typeof(WireMockServer))]

namespace Zoetrope.Protocol.Tests.WireMock;

/// <summary>
/// One WireMock process for the whole test run. Its stubs are the JSON files in tests/wiremock/mappings; every test has endpoints of its own in them,
/// so tests run side by side and requests can be counted.
/// </summary>
public sealed class WireMockServer : IAsyncLifetime
{
    private const int StartAttempts = 3;

    private Process? _process;
    private string? _missing;

    /// <summary>Where it listens.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Asks what was received.</summary>
    public WireMockAdmin Admin { get; private set; } = null!;

    /// <summary>The stubs' folder.</summary>
    public static string Mappings => Path.Combine(WireMockInstall.Folder, "mappings");

    public async ValueTask InitializeAsync()
    {
        _missing = WireMockInstall.FindMissingTool();
        if (_missing is not null)
            return;
        var jar = await WireMockInstall.FindJarAsync();
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = Start(jar, port);
            BaseUrl = new Uri($"http://127.0.0.1:{port}");
            Admin = new WireMockAdmin(BaseUrl);
            if (await Admin.WaitUntilHealthyAsync(() => !process.HasExited))
                return;
            // Somebody else may have taken the port meanwhile.
            Stop(process);
            if (attempt == StartAttempts)
                throw new InvalidOperationException($"WireMock did not start: {jar}");
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
            Stop(_process);
        Admin?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test where java or node is missing; where CI is set they must be there.</summary>
    public void Require()
    {
        if (_missing is null)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{_missing} is missing, and the WireMock tests must run in CI.");
        Assert.Skip($"WireMock tests need {_missing}, which is not installed.");
    }

    private Process Start(string jar, int port)
    {
        var start = new ProcessStartInfo("java") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar, "--port", $"{port}",
            "--bind-address", "127.0.0.1", "--root-dir", WireMockInstall.Folder, "--disable-banner"])
        {
            start.ArgumentList.Add(argument);
        }
        _process = Process.Start(start)!;
        // Its output is read so that a full pipe never stops it.
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var process = _process;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(process);
        return process;
    }

    private static void Stop(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
