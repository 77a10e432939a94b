using System.Buffers;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope;

/// <summary>
/// What generated mappings between neutral and provider models are made of. Both sides use the same JSON names, so a mapping goes through JSON:
/// nothing is lost on the way, undeclared members and explicit nulls included.
/// </summary>
public static class NeutralMap
{
    /// <summary>Reads a model from the JSON of another.</summary>
    public static TTo Convert<TFrom, TTo>(TFrom model)
        where TFrom : IJsonModel<TFrom>
        where TTo : IJsonModel<TTo> => JsonModel.FromUtf8<TTo>(JsonModel.ToUtf8(model));

    /// <summary>Leaves out a parameter that a provider does not take, and says so when it was set.</summary>
    public static void LeaveOut(ExtraProperties mapped, string name, string provider, ICollection<string> warnings)
    {
        if (mapped.Remove(name))
            warnings.Add($"{provider} does not take '{name}'; it was left out.");
    }

    /// <summary>Makes a result of a provider's output that is one value: the member of that name.</summary>
    /// <param name="output">The output.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="single">Whether the member is one value, so that of an array the first item counts.</param>
    public static TTo Wrap<TTo>(RawJson output, string name, bool single)
        where TTo : IJsonModel<TTo>
    {
        var value = single && BareOutput.Items(output) is { } items ? items.Count > 0 ? items[0] : RawJson.Null : output;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (value.Kind != JsonValueKind.Null)
            {
                writer.WritePropertyName(name);
                value.Write(writer);
            }
            writer.WriteEndObject();
        }
        return JsonModel.FromUtf8<TTo>(buffer.WrittenSpan);
    }
}
