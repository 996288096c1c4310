using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>Writes experiments/study.schema.json from the spec's records, for editors that complete and check YAML by a JSON Schema (draft 7).</summary>
internal static class StudySchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static string Write()
    {
        JsonObject schema = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "An experiment of CircuitPipeline",
            ["if"] = new JsonObject { ["required"] = Names(SpecLayers.Key) },
            ["then"] = Group(typeof(ExperimentSpec), isWhole: false),
            ["else"] = Group(typeof(ExperimentSpec), isWhole: true),
        };
        return schema.ToJsonString(Options) + "\n";
    }

    // What an experiment that extends another leaves out, the other has; and it may take a value away.
    private static JsonObject Of(Type type, PropertyInfo? property, bool isWhole)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray)
        {
            JsonObject list = Typed("array", isWhole);
            list["items"] = Of(type.GetElementType()!, property, isWhole: true);
            if (property?.GetCustomAttribute<LengthAttribute>() is { } length)
            {
                (list["minItems"], list["maxItems"]) = (length.MinimumLength, length.MaximumLength);
            }

            return list;
        }

        return SpecScalars.IsScalar(type) ? Scalar(type, property, isWhole) : Forms(type, isWhole);
    }

    private static JsonObject Forms(Type record, bool isWhole) =>
        SpecForms.Of(record) is { Count: > 1 } forms
            ? new JsonObject { ["anyOf"] = new JsonArray([.. forms.Select(form => Group(form, isWhole))]) }
            : Group(record, isWhole);

    private static JsonObject Scalar(Type type, PropertyInfo? property, bool isWhole)
    {
        string[]? names = type.IsEnum ? SpecEnum.NamesOf(type) : new SpecLimits(property).Names;
        if (names is not null)
        {
            return new JsonObject
            {
                ["enum"] = new JsonArray([
                    .. names.Select(name => (JsonNode)name),
                    .. isWhole ? (JsonNode?[])[] : [null],
                ]),
            };
        }

        JsonObject scalar = Typed(
            type == typeof(bool) ? "boolean"
                : type == typeof(string) ? "string"
                : type == typeof(double) ? "number"
                : "integer",
            isWhole
        );
        if (property?.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            (scalar["minimum"], scalar["maximum"]) = (Number(range.Minimum), Number(range.Maximum));
        }

        if (property?.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
        {
            scalar["pattern"] = pattern.Pattern;
        }

        return scalar;
    }

    private static JsonObject Group(Type record, bool isWhole)
    {
        JsonObject properties = [];
        if (record == typeof(ExperimentSpec))
        {
            properties[SpecLayers.Key] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = "An experiment of the same folder, whose values count where this file says none.",
            };
            properties[SpecMatrix.Key] = new JsonObject
            {
                ["type"] = "object",
                ["description"] =
                    "Values of keys, as fine_tune.rank: [2, 4]; each combination makes a study of its own.",
                ["additionalProperties"] = new JsonObject { ["type"] = "array", ["minItems"] = 1 },
            };
        }

        SpecKey[] keys = SpecKey.Of(record);
        foreach (SpecKey key in keys)
        {
            JsonObject inner = Of(key.Property.PropertyType, key.Property, isWhole);
            string member = $"P:{record.FullName}.{key.Property.Name}";
            string byDefault = key.IsRequired ? "" : $" {ExperimentReference.Description(member, "value")}";
            inner["description"] = ExperimentReference.Description(member, "summary") + byDefault;
            properties[key.Name] = inner;
        }

        JsonObject group = Typed("object", isWhole || record == typeof(ExperimentSpec));
        group["description"] = ExperimentReference.Description($"T:{record.FullName}", "summary");
        group["additionalProperties"] = false;
        group["properties"] = properties;
        string[] required = [.. keys.Where(key => key.IsRequired && isWhole).Select(key => key.Name)];
        if (required.Length > 0)
        {
            group["required"] = Names(required);
        }

        foreach (
            IGrouping<string, SpecKey> instead in keys.Where(key => key.InsteadOf is not null && isWhole)
                .GroupBy(key => key.InsteadOf!)
        )
        {
            string[] path = instead.Key.Split('.');
            group["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { [path[0]] = new JsonObject { ["required"] = Names(path[1]) } },
            };
            group["then"] = new JsonObject
            {
                ["properties"] = new JsonObject(
                    instead
                        .Where(key => !key.MayStandBeside)
                        .Select(key => new KeyValuePair<string, JsonNode?>(key.Name, JsonValue.Create(false)))
                ),
            };
            group["else"] = new JsonObject { ["required"] = Names([.. instead.Select(key => key.Name)]) };
        }

        return group;
    }

    private static JsonObject Typed(string type, bool isWhole) =>
        new() { ["type"] = isWhole ? type : new JsonArray(type, "null") };

    private static JsonArray Names(params string[] names) => new([.. names.Select(name => (JsonNode)name)]);

    private static JsonNode Number(object value) =>
        value is double real
            ? JsonValue.Create(real)
            : JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture));
}
