using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Models;
using Zoetrope.Routing;

namespace Zoetrope.Protocol.Tests;

/// <summary>A generated model at endpoints of the tests.</summary>
public static class Clips
{
    public static Clip.Request Request => new() { Prompt = "a clip" };

    /// <summary>A model of either provider.</summary>
    public static ModelEndpoint<Clip.Request, Clip.Result> At(string provider, string id) => new(provider, id);

    /// <summary>The same model, with results that are refused when they have no file.</summary>
    public static ModelEndpoint<Clip.Request, StrictResult> StrictAt(string provider, string id) => new(provider, id);

    /// <summary>The same model at both providers, for one neutral request.</summary>
    public static NeutralModel<Clip.Request, Clip.Result> Neutral(string id) => new("clip", Route("fal", id), Route("eachlabs", id));

    public static ModelRoute<Clip.Request, Clip.Result> Route(string provider, string id) =>
        new ModelRoute<Clip.Request, Clip.Result, Clip.Request, Clip.Result>(
            At(provider, id),
            static (request, _) => request,
            static result => result);

    /// <summary>
    /// Written by hand, as users may write models of their own: generated results take any object, and this one throws, so that tests see what happens then.
    /// </summary>
    public sealed class StrictResult : IJsonModel<StrictResult>
    {
        public MediaFile? Video { get; private set; }

        public static StrictResult Read(ref Utf8JsonReader reader)
        {
            ExtraProperties? extras = null;
            var result = new StrictResult();
            JsonRead.StartObject(ref reader, "A clip");
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("video"u8))
                    result.Video = JsonRead.File<MediaFile>(ref reader, name, ref extras) ?? throw new JsonException("The video is not a file.");
                else
                    reader.Skip();
            }
            return result;
        }

        public void Write(JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.Object(writer, "video"u8, Video, null);
            writer.WriteEndObject();
        }
    }
}
