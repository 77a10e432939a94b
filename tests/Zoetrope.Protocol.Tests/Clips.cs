using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Models;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Protocol.Tests;

/// <summary>A small model, written by hand so that these tests need no generated code.</summary>
public static class Clips
{
    /// <summary>A model of either provider.</summary>
    public static ModelEndpoint<Request, Result> At(string provider, string id) => new(provider, id);

    /// <summary>The same model at both providers, behind one neutral request.</summary>
    public static NeutralModel<Request, Result> Neutral(string id) => new("clip", Route("fal", id), Route("eachlabs", id));

    private static ModelRoute<Request, Result, Request, Result> Route(string provider, string id) =>
        new(At(provider, id), static (request, _) => request, static result => result);

    public sealed class Request : IModelRequest<Request>
    {
        public string? Prompt { get; set; } = "a clip";

        public static Request Read(ref Utf8JsonReader reader)
        {
            ExtraProperties? extras = null;
            var request = new Request { Prompt = null };
            JsonRead.StartObject(ref reader, "A clip request");
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("prompt"u8))
                    request.Prompt = JsonRead.String(ref reader, name, ref extras);
                else
                    reader.Skip();
            }
            return request;
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.String(writer, "prompt"u8, Prompt, null);
            writer.WriteEndObject();
        }

        public void Validate(ref ValidationContext context) => context.Required(Prompt is not null, "prompt");
    }

    public sealed class Result : IJsonModel<Result>
    {
        public MediaFile? Video { get; private set; }

        public static Result Read(ref Utf8JsonReader reader)
        {
            ExtraProperties? extras = null;
            var result = new Result();
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

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            if (Video is not null)
            {
                writer.WritePropertyName("video"u8);
                Video.Write(writer);
            }
            writer.WriteEndObject();
        }
    }
}
