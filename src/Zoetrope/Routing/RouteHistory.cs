using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Routing;

/// <summary>
/// The run times that a router measured: from the submit to the result, with the time that a client waited to keep its limits, of the last twenty runs of each
/// model at each provider. It is thread-safe, can be shared by routers, and is kept between processes as its JSON.
/// </summary>
public sealed class RouteHistory
{
    private const int MostRuns = 20;

    private readonly Dictionary<(string Model, string Provider), List<TimeSpan>> _runs = [];

    /// <summary>Records a run. <see cref="MediaRouter.RunAsync"/> does it for its own.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="time">The time from the submit to the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Record(string model, string provider, TimeSpan time)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_runs)
        {
            if (!_runs.TryGetValue((model, provider), out var times))
                _runs.Add((model, provider), times = []);
            if (times.Count == MostRuns)
                times.RemoveAt(0);
            times.Add(time);
        }
    }

    /// <summary>Returns the median run time of a model at a provider; null where none was measured.</summary>
    public TimeSpan? MedianOf(string model, string provider)
    {
        lock (_runs)
        {
            if (!_runs.TryGetValue((model, provider), out var times))
                return null;
            var sorted = times.ToArray();
            Array.Sort(sorted);
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>Returns the history as JSON: <c>{model: {provider: [milliseconds, …]}}</c>, the oldest run first.</summary>
    public string ToJson()
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        lock (_runs)
        {
            var sorted = _runs.OrderBy(static entry => entry.Key.Provider, StringComparer.Ordinal);
            foreach (var model in sorted.GroupBy(static entry => entry.Key.Model).OrderBy(static group => group.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(model.Key);
                foreach (var ((_, provider), times) in model)
                {
                    writer.WriteStartArray(provider);
                    foreach (var time in times)
                        writer.WriteNumberValue((long)time.TotalMilliseconds);
                    writer.WriteEndArray();
                }
                writer.WriteEndObject();
            }
        }
        writer.WriteEndObject();
        return Encoding.UTF8.GetString(writer.Written.Span);
    }

    /// <summary>Reads a history that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a history.</exception>
    public static RouteHistory Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var history = new RouteHistory();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) is { } model)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            while (Next(ref reader) is { } provider)
            {
                Expect(ref reader, JsonTokenType.StartArray);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    // A time that no clock measures is a damaged file.
                    if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var milliseconds) || milliseconds is < 0 or > int.MaxValue)
                        throw new JsonException("A history has whole milliseconds.");
                    history.Record(model, provider, TimeSpan.FromMilliseconds(milliseconds));
                }
            }
        }
        return reader.Read() ? throw new JsonException("A history is one object.") : history;
    }

    private static string? Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
            return null;
        return reader.TokenType == JsonTokenType.PropertyName && JsonStrings.TryText(ref reader, out var name) && name.Length > 0
            ? name
            : throw new JsonException("A history has models, and providers in them, by name.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException("A history has the form {model: {provider: [milliseconds, …]}}.");
    }
}
