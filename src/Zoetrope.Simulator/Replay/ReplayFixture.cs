using System.Text.Json;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Recorded requests with what came of them, as a file of JSON: bodies are readable, members have a fixed order, and there are no keys. It may be edited.
/// </summary>
public sealed class ReplayFixture
{
    internal ReplayFixture(IReadOnlyList<FixtureExchange> exchanges, int maxBodyBytes)
    {
        Exchanges = exchanges;
        MaxBodyBytes = maxBodyBytes;
    }

    /// <summary>How many requests it has.</summary>
    public int Count => Exchanges.Count;

    internal IReadOnlyList<FixtureExchange> Exchanges { get; }

    /// <summary>The size up to which bodies were recorded; of larger ones there is only a digest.</summary>
    internal int MaxBodyBytes { get; }

    /// <summary>Reads a fixture from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FormatException">It is not a fixture; the message says why and where.</exception>
    public static async Task<ReplayFixture> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        var json = await File.ReadAllTextAsync(path, cancellationToken);
        try
        {
            return Parse(json);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a fixture from JSON.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="FormatException">It is not a fixture; the message says why and where.</exception>
    public static ReplayFixture Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return FixtureReader.Read(json);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The fixture is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", exception);
        }
    }

    /// <summary>The fixture as JSON, the same for the same exchanges.</summary>
    public string ToJson() => FixtureWriter.Write(Exchanges, MaxBodyBytes);
}
