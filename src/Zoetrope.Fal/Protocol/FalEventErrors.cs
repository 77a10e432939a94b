using System.Text.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Protocol;

/// <summary>Finds the error that an event reports.</summary>
internal static class FalEventErrors
{
    /// <summary>
    /// Whether an event is an object of the type <c>error</c>, as in workflows, or with an <c>error</c> that says something: results of models have one, too,
    /// which is null, false, 0 or empty where all is well.
    /// </summary>
    public static bool HasError(ReadOnlySpan<byte> data)
    {
        // Most events do not have the word, and its characters have one escape each.
        if (data.IndexOf("\"error\""u8) < 0 && data.IndexOf("\\u00"u8) < 0)
            return false;
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (ProtocolJson.NextMember(ref reader, out var name))
            {
                if (name.SequenceEqual("type"u8) && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8))
                    return true;
                if (!name.SequenceEqual("error"u8))
                    reader.Skip();
                else if (FalStatusReader.ReadError(ref reader) is not null)
                    return true;
            }
        }
        catch (JsonException)
        {
            // Reading the event reports it.
        }
        return false;
    }
}
