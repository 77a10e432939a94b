using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Alternatives that a discriminator distinguishes, and constants, compiled and run.</summary>
public class DiscriminatorTests
{
    private const string Input = """
        {
          "pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}, {"$ref": "#/components/schemas/Bird"}],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog", "puppy": "Dog"}}},
          "frame": {"oneOf": [{"$ref": "#/components/schemas/Still"}, {"$ref": "#/components/schemas/Clip"}], "discriminator": {"propertyName": "type"}},
          "animals": {"type": "array", "items": {"$ref": "#/components/schemas/Animal"}},
          "mode": {"type": "object", "required": ["version", "strict"], "properties": {"version": {"const": "v1"}, "strict": {"const": true}, "note": {"const": "n"}}},
          "either": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
          "pair": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "number"}], "minItems": 2, "items": false}
        }
        """;

    private const string Schemas = """
        {
          "Cat": {"type": "object", "required": ["name"], "properties": {"kind": {"type": "string"}, "name": {"type": "string"}, "color": {"enum": ["red", "blue"]}}},
          "Dog": {"type": "object", "required": ["kind", "name"], "properties": {"kind": {"type": "string"}, "name": {"type": "string"}, "color": {"enum": ["black"]}}},
          "Bird": {"type": "object", "properties": {"wings": {"type": "integer", "minimum": 0}}},
          "FrameType": {"type": "string", "enum": ["still", "clip"]},
          "Still": {"type": "object", "properties": {"type": {"type": "string", "enum": ["still"]}, "url": {"type": "string"}}},
          "Clip": {"type": "object", "properties": {"type": {"const": "clip"}, "url": {"type": "string"}}},
          "Animal": {"type": "object", "required": ["species", "age"], "properties": {"species": {"type": "string"}, "age": {"type": "integer", "maximum": 99}},
            "oneOf": [{"$ref": "#/components/schemas/Fish"}, {"$ref": "#/components/schemas/Snake"}],
            "discriminator": {"propertyName": "species", "mapping": {"fish": "Fish", "snake": "Snake"}}},
          "Fish": {"allOf": [{"$ref": "#/components/schemas/Animal"}, {"type": "object", "properties": {"fins": {"type": "integer"}}}]},
          "Snake": {"allOf": [{"$ref": "#/components/schemas/Animal"}, {"type": "object", "properties": {"length": {"type": "number"}}}]}
        }
        """;

    private const string Output =
        """{"pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog", "puppy": "Dog"}}}}""";

    private const string Code = """
        #pragma warning disable CS1591 // It is test code.
        using Demo.Models;

        public static class Use
        {
            public static Zoo.Request Request() => new()
            {
                Pet = new Zoo.Cat { Name = "Tom" }, Frame = new Zoo.Clip { Url = "u" }, Animals = new Zoo.Animal[] { new Zoo.Fish { Age = 2, Fins = 3 } },
                Mode = new Zoo.Mode(), Pair = new double[] { 1, 2.5 },
            };

            public static string Pet(Zoo.Request request) => request.Pet is not { } pet ? "none"
                : pet.TryGetCat(out var cat) ? "cat " + cat.Name : pet.TryGetDog(out var dog) ? "dog " + dog.Kind : pet.TryGetBird(out var bird) ? "bird " + bird.Wings : "raw " + pet.Raw;

            public static string Animal(Zoo.Request request) => request.Animals![0] is var animal && animal.TryGetFish(out var fish) ? "fish " + fish.Fins
                : animal.TryGetSnake(out var snake) ? "snake " + snake.Length : "raw " + animal.Raw;
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _zoo = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/zoo", Input, [], Schemas, Output)], code: Code).Run();
        return (generated, generated.Load());
    });

    [Fact]
    public void Nothing_is_unclear_about_such_a_document() => Assert.Empty(_zoo.Value.Generated.Diagnostics);

    [Theory]
    [InlineData("""{"pet":{"name":"Tom","kind":"cat"}}""", "cat Tom")]
    [InlineData("""{"pet":{"kind":"dog","name":"Rex"}}""", "dog dog")]
    [InlineData("""{"pet":{"kind":"puppy"}}""", "dog puppy")]
    [InlineData("""{"pet":{"kind":"Bird","wings":2}}""", "bird 2")]
    [InlineData("""{"pet":{"kind":"axolotl","legs":4}}""", "raw {\"kind\":\"axolotl\",\"legs\":4}")]
    [InlineData("""{"pet":{"name":"Tom","color":"red"}}""", "raw {\"name\":\"Tom\",\"color\":\"red\"}")]
    [InlineData("{}", "none")]
    public void The_value_of_the_member_picks_the_alternative(string json, string expected) => Assert.Equal(expected, Use("Pet", Request(json)));

    [Theory]
    [InlineData("""{"animals":[{"species":"fish","age":1,"fins":7}]}""", "fish 7")]
    [InlineData("""{"animals":[{"age":1,"length":2.5,"species":"snake"}]}""", "snake 2.5")]
    [InlineData("""{"animals":[{"species":"newt","age":1}]}""", "raw {\"species\":\"newt\",\"age\":1}")]
    public void A_base_with_a_discriminator_is_the_union_of_what_is_made_of_it(string json, string expected) =>
        Assert.Equal(expected, Use("Animal", Request(json)));

    [Theory]
    [InlineData("""{"pet":{"kind":"axolotl","legs":17454220438242315174},"frame":{"type":"tape"},"animals":[{"species":"newt"},null]}""")]
    [InlineData("""{"pet":{"kind":"cat","name":"Tom","color":"green","more":[1]},"frame":{"type":"still","url":"u"},"mode":{"version":"v2","strict":false,"note":"x"}}""")]
    [InlineData("""{"pet":{"kind":"puppy","name":"Rex"},"mode":{},"either":{"a":"x","b":"y"},"pair":[1,2.5,3]}""")]
    public void What_was_read_is_written_again(string json) => Assert.Equal(json, Generated.RoundTrip(_zoo.Value.Assembly, "Demo.Models.Zoo+Request", json));

    [Theory]
    [InlineData("""{"pet":{"kind":"cat","name":"Tom"}}""")]
    [InlineData("""{"pet":{"kind":"axolotl"}}""")]
    [InlineData("""{"pet":{"name":"no kind"}}""")]
    public void Results_are_written_again_too(string json) => Assert.Equal(json, Generated.RoundTrip(_zoo.Value.Assembly, "Demo.Models.Zoo+Result", json));

    [Fact]
    public void Who_makes_an_alternative_need_not_name_it() => Assert.Equal(
        """{"pet":{"kind":"cat","name":"Tom"},"frame":{"type":"clip","url":"u"},"animals":[{"species":"fish","age":2,"fins":3}],"mode":{"version":"v1","strict":true},"pair":[1,2.5]}""",
        Written(Use("Request")!));

    [Theory]
    [InlineData("""{"pet":{"kind":"axolotl"}}""", "pet", ValidationRule.Type)]
    [InlineData("""{"pet":{"kind":"cat"}}""", "pet.name", ValidationRule.Required)]
    [InlineData("""{"pet":{"kind":"Bird","wings":-1}}""", "pet.wings", ValidationRule.Minimum)]
    [InlineData("""{"animals":[{"species":"snake","age":100}]}""", "animals[0].age", ValidationRule.Maximum)]
    [InlineData("""{"mode":{"strict":true}}""", "mode.version", ValidationRule.Required)]
    [InlineData("""{"mode":{"version":"v2","strict":true}}""", "mode.version", ValidationRule.Enum)]
    [InlineData("""{"either":{}}""", "either.a", ValidationRule.ExactlyOne)]
    [InlineData("""{"either":{"a":"x","b":"y"}}""", "either.a", ValidationRule.ExactlyOne)]
    [InlineData("""{"pair":[1,2,3]}""", "pair", ValidationRule.MaxItems)]
    [InlineData("""{"pair":[1]}""", "pair", ValidationRule.MinItems)]
    public void Each_rule_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_zoo.Value.Assembly, "Demo.Models.Zoo").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("""{"pet":{"kind":"puppy","name":"Rex","color":"black"},"frame":{"type":"clip"},"either":{"b":"y"},"pair":[1,2]}""")]
    [InlineData("""{"pet":{"kind":"Bird"},"animals":[{"species":"fish","age":99}],"mode":{"version":"v1","strict":true,"note":"n"}}""")]
    public void What_the_document_allows_is_valid(string json) =>
        Assert.Empty(Generated.Endpoint(_zoo.Value.Assembly, "Demo.Models.Zoo").Validate(RawJson.Parse(json)).Issues);

    private static object Request(string json) => Generated.Read(_zoo.Value.Assembly, "Demo.Models.Zoo+Request", json);

    private static object? Use(string method, params object[] arguments) =>
        _zoo.Value.Assembly.GetType("Use", throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments);

    private static string Written(object model) => typeof(RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;
}
