using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>
/// The body of a request for a token, which decides what the token is good for. It is written again from what was understood, so that fal cannot read it in
/// another way than it was checked.
/// </summary>
internal static class TokenRequest
{
    /// <summary>The most bytes that such a body may have.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Checks a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isNewer">Whether it is for the newer endpoint, which has another name for the time.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="longest">The longest time.</param>
    /// <param name="checkedBody">What is sent.</param>
    /// <returns>Why it is refused; null where it is not.</returns>
    public static string? Check(ReadOnlySpan<byte> body, bool isNewer, AllowedTargets allowed, TimeSpan longest, out byte[] checkedBody)
    {
        checkedBody = [];
        var time = isNewer ? "duration" : "token_expiration";
        var form = $"A request for a token is an object with allowed_apps, a list of apps, and {time}, a number of seconds.";
        string[] apps;
        int seconds;
        try
        {
            if (JsonNode.Parse(body) is not JsonObject { Count: 2 } members || members["allowed_apps"] is not JsonArray { Count: > 0 } list)
                return form;
            if (members[time] is not JsonValue value || !value.TryGetValue(out seconds))
                return form;
            apps = [.. list.Select(app => app is JsonValue text && text.TryGetValue(out string? name) ? name : "")];
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON; or a member that is there twice; or a text that is not one.
            return form;
        }
        if (seconds < 1 || seconds > longest.TotalSeconds)
            return $"A token may be valid for {(long)longest.TotalSeconds} seconds, not for {seconds}.";
        foreach (var app in apps)
        {
            if (!allowed.Token(app))
                return $"The app {JsonEncodedText.Encode(app)} is not among those that this proxy allows.";
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("allowed_apps"u8);
            foreach (var app in apps)
                writer.WriteStringValue(app);
            writer.WriteEndArray();
            writer.WriteNumber(time, seconds);
            writer.WriteEndObject();
        }
        checkedBody = buffer.WrittenSpan.ToArray();
        return null;
    }
}
