using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Zoetrope.Simulator;
using Zoetrope.Simulator.Replay;

namespace Zoetrope.Cli.Simulation;

/// <summary>The simulator inside this process.</summary>
internal static class EmbeddedSimulator
{
    /// <summary>The assembly that has the documents of the models.</summary>
    public static Assembly Documents => typeof(MediaSimulator).Assembly;

    /// <summary>Starts it.</summary>
    /// <param name="settings">How it behaves.</param>
    /// <returns>Its address, itself, and the names of the declared providers that it plays.</returns>
    /// <exception cref="UsageException">The port cannot be listened on, a document or a fixture cannot be used, or a fault makes no sense.</exception>
    public static async Task<(Uri BaseUrl, IAsyncDisposable Server, IReadOnlyList<string> Declared)> StartAsync(SimulatorSettings settings)
    {
        if (settings.Replay is { } file)
            return await StartReplayAsync(file, settings);
        var faults = settings.Faults.SelectMany(ReadFaults).ToList();
        var defaults = new SimulatorOptions();
        try
        {
            var simulator = await MediaSimulator.StartAsync(new SimulatorOptions
            {
                Port = settings.Port,
                SpecsFolder = settings.Specs,
                KeepsBuiltInDocuments = true,
                AcceptsAnyEndpoint = !settings.DocumentedOnly,
                OnUndocumentedEndpoint = settings.OnUndocumentedEndpoint,
                QueueTime = settings.QueueTime ?? defaults.QueueTime,
                JobDuration = settings.JobTime ?? defaults.JobDuration,
                EnforceLimits = settings.EnforceLimits,
                Log = settings.Log,
            });
            foreach (var fault in faults)
                simulator.AddFault(fault);
            return (simulator.BaseUrl, simulator, simulator.DeclaredProviders);
        }
        catch (DirectoryNotFoundException)
        {
            throw new UsageException($"--specs: no such folder: '{settings.Specs}'");
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"--specs: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw Taken(settings.Port, exception);
        }
    }

    private static async Task<(Uri BaseUrl, IAsyncDisposable Server, IReadOnlyList<string> Declared)> StartReplayAsync(string file, SimulatorSettings settings)
    {
        ReplayFixture fixture;
        try
        {
            fixture = await ReplayFixture.LoadAsync(file);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--replay: {exception.Message}");
        }
        try
        {
            var options = new ReplayOptions { OriginalTiming = settings.OriginalTiming, Log = settings.Problems };
            var server = await ReplayServer.StartAsync(fixture, options, settings.Port);
            return (server.BaseUrl, server, []);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw Taken(settings.Port, exception);
        }
    }

    private static UsageException Taken(int port, Exception exception) => new($"--port: cannot listen on port {port}: {exception.Message}");

    private static IReadOnlyList<SimulatorFault> ReadFaults(string text)
    {
        var json = text.TrimStart() is ['{' or '[', ..] ? text : $$"""{"kind":"{{JsonEncodedText.Encode(text)}}"}""";
        try
        {
            return SimulatorFault.Parse(json);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--fail: {exception.Message}");
        }
    }
}
