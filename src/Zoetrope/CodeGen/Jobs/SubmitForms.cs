using System.Text;
using System.Text.Json;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Http;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>
/// Creates a form of the JSON object of a submit: a part or a field for each member, as operations of whole APIs write them. A null is left out, a list has one
/// for each item, and an object is JSON.
/// </summary>
internal static class SubmitForms
{
    private const string Name = "submit";

    /// <summary>The object as <c>multipart/form-data</c>.</summary>
    public static RequestBody Multipart(ReadOnlyMemory<byte> json)
    {
        var call = new OperationCall(HttpMethod.Post, Name).Multipart();
        foreach (var (member, value) in Members(json))
            call.Part<RawJson, ValueCodec<RawJson>>(member, value);
        return call.Body!;
    }

    /// <summary>The object as <c>application/x-www-form-urlencoded</c>.</summary>
    public static RequestBody UrlEncoded(ReadOnlyMemory<byte> json)
    {
        var call = new OperationCall(HttpMethod.Post, Name);
        // An object without members is still a form.
        call.Field<RawJson, ValueCodec<RawJson>>(Name, RawJson.Null);
        foreach (var (member, value) in Members(json))
            call.Field<RawJson, ValueCodec<RawJson>>(member, value);
        return call.Body!;
    }

    private static List<(string Name, RawJson Value)> Members(ReadOnlyMemory<byte> json)
    {
        var members = new List<(string, RawJson)>();
        var reader = RawJson.OfValid(json).CreateReader(int.MaxValue);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!JsonStrings.TryName(ref reader, out var name))
                throw new ArgumentException("The name of a member of the input is not valid Unicode. Nothing was sent.");
            var text = Encoding.UTF8.GetString(name);
            reader.Read();
            members.Add((text, RawJson.Read(ref reader)));
        }
        return members;
    }
}
