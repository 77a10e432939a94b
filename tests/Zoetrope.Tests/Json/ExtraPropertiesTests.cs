using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Zoetrope.Json;

namespace Zoetrope.Tests;

public sealed class ExtraPropertiesTests
{
    [Fact]
    public void Undeclared_parameters_are_sent_in_order()
    {
        var request = new TestRequest { Prompt = "a", ExtraProperties = { ["zeta"] = 1, ["alpha"] = "two", ["on"] = true } };

        Assert.Equal("""{"prompt":"a","zeta":1,"alpha":"two","on":true}""", RawJson.From(request).ToString());
    }

    [Fact]
    public void An_explicit_null_can_be_sent()
    {
        var request = new TestRequest { Prompt = "a", ExtraProperties = { ["image_url"] = RawJson.Null } };

        Assert.Equal("""{"prompt":"a","image_url":null}""", RawJson.From(request).ToString());
    }

    [Fact]
    public void An_entry_of_a_declared_name_replaces_the_property_so_that_no_name_is_sent_twice()
    {
        var request = new TestRequest { Prompt = "a", Steps = 5, Audio = true, Scale = 0.5, Seed = 1, Tags = ["x"], ImageUrl = "u" };
        foreach (var name in new[] { "steps", "audio", "scale", "seed", "tags", "image_url" })
            request.ExtraProperties[name] = "auto";

        Assert.Equal(
            """{"prompt":"a","steps":"auto","audio":"auto","scale":"auto","seed":"auto","tags":"auto","image_url":"auto"}""",
            RawJson.From(request).ToString());
    }

    [Fact]
    public void Any_object_survives_a_model_that_knows_only_some_of_its_members()
    {
        var names = Gen.Elements("prompt", "image_url", "steps", "seed", "audio", "shots", "tags", "other", "prompt2", "Prompt", "é\\n", "");
        var objects = names.Zip(RawJsonTests.Value(2)).ListOf().Select(
            members => $"{{{string.Join(",", members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

        Prop.ForAll(objects.ToArbitrary(), json =>
        {
            var back = RawJson.From(RawJson.Parse(json).Deserialize<TestRequest>()).ToString();
            return JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(back)).Label($"{json} came back as {back}");
        }).CheckSeeded();
    }

    [Fact]
    public void They_behave_like_a_dictionary()
    {
        var extras = new ExtraProperties { { "a", 1 }, { "b", 2 } };

        Assert.Throws<ArgumentException>(() => extras.Add("a", 3));
        extras["a"] = 4;
        Assert.Equal(2, extras.Count);
        Assert.Equal(["a=4", "b=2"], extras.Select(entry => $"{entry.Key}={entry.Value}"));
        Assert.True(extras.Remove("a"));
        Assert.False(extras.Remove("a"));
        Assert.False(extras.TryGetValue("a", out _));
        Assert.Throws<KeyNotFoundException>(() => extras["a"]);
        Assert.Throws<ArgumentException>(() => extras[""] = 1);
    }

    [Fact]
    public void Values_of_another_type_are_among_them_and_explicit_nulls_are_not()
    {
        var request = RawJson.Parse("""{"prompt":"a","steps":"many","image_url":null,"other":1}""").Deserialize<TestRequest>();

        Assert.Equal(["steps", "other"], request.ExtraProperties.Select(entry => entry.Key));
        Assert.Equal(2, request.ExtraProperties.Count);
        Assert.False(request.ExtraProperties.TryGetValue("image_url", out _));
        request.ExtraProperties.Add("image_url", "https://a.test/b.png");
        Assert.Equal("""{"prompt":"a","steps":"many","image_url":"https://a.test/b.png","other":1}""", RawJson.From(request).ToString());
    }

    [Fact]
    public void A_value_of_another_type_can_be_taken_out()
    {
        var request = RawJson.Parse("""{"prompt":"a","steps":"many"}""").Deserialize<TestRequest>();
        Assert.False(Validation.ValidationResult.Of(request).IsValid);

        request.ExtraProperties.Remove("steps");
        request.Steps = 5;

        Assert.True(Validation.ValidationResult.Of(request).IsValid);
    }
}
