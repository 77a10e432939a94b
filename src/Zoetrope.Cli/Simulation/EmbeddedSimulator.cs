using System.Net.Sockets;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Simulation;

/// <summary>The simulator inside this process.</summary>
internal static class EmbeddedSimulator
{
    /// <summary>Starts it.</summary>
    /// <param name="port">The port to listen on; 0 takes a free one.</param>
    /// <exception cref="UsageException">The port cannot be listened on.</exception>
    public static async Task<(Uri BaseUrl, IAsyncDisposable Server)> StartAsync(int port)
    {
        try
        {
            var simulator = await MediaSimulator.StartAsync(new SimulatorOptions { Port = port });
            return (simulator.BaseUrl, simulator);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new UsageException($"--port: cannot listen on port {port}: {exception.Message}");
        }
    }
}
