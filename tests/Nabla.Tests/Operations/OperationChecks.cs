using System.Collections.Immutable;

namespace Nabla.Tests;

/// <summary>The checks that every row of <see cref="OperationTable"/> goes through.</summary>
public class OperationChecks
{
    private static readonly DType[] Floating = [DType.Float32, DType.Float64];

    public static TheoryData<string> All => [.. OperationTable.Rows.Select(row => row.Label)];

    public static TheoryData<string> Elementwise => [.. OperationTable.Rows.Where(row => row.IsElementwise).Select(row => row.Label)];

    internal static OpCase Row(string label) => OperationTable.Rows.Single(row => row.Label == label);

    [Theory, MemberData(nameof(All))]
    public void ValuesAreTheReferences(string label)
    {
        OpCase row = Row(label);
        foreach (DType floating in Floating)
        {
            foreach (Input[] set in row.InputSets())
            {
                Tensor[] inputs = row.Draw(set, floating);
                Tensor result = row.Build(inputs);
                Distance.Check(row.Expected(inputs, result.Shape), result, row.Ulps, !row.IsElementwise, $"{label} of {Shapes(inputs)}");
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void GradientsAreCentralDifferencesToSecondOrder(string label)
    {
        OpCase row = Row(label);
        if (!row.Smooth || !Flows(row, row.Draw(DType.Float64))) return;
        foreach (Input[] set in row.InputSets())
        {
            Tensor[] inputs = row.Draw(set, DType.Float64);
            for (int order = 1; order <= 2; order++)
            {
                double error = GradientCheck.Of(row.Build, inputs, order);
                Assert.True(error < 1e-6, $"{label} of {Shapes(inputs)}: gradient of order {order} is off by {error:G3}");
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void SinglePrecisionFollowsDouble(string label)
    {
        OpCase row = Row(label);
        if (row.Inputs.All(input => input.Type is not null)) return;
        Tensor[] single = Everything(row, row.Draw(DType.Float32)), wide = Everything(row, row.Draw(DType.Float64));
        Assert.Equal(wide.Length, single.Length);
        for (int i = 0; i < wide.Length; i++)
        {
            double[] expected = wide[i].ToDoubles(), actual = single[i].ToDoubles();
            double largest = expected.Select(Math.Abs).DefaultIfEmpty().Max();
            for (int k = 0; k < expected.Length; k++)
                Assert.True(Math.Abs(expected[k] - actual[k]) <= 2e-6 * largest,
                    $"{label}, result {i}, element {k}: {actual[k]:R} in Float32, {expected[k]:R} in Float64");
        }
    }

    [Theory, MemberData(nameof(Elementwise))]
    public void AnElementsBitsDoNotDependOnItsPlace(string label)
    {
        OpCase row = Row(label);
        foreach (DType floating in Floating)
        {
            Tensor[] all = row.Draw(Stretched(row, 33), floating);
            byte[] bits = row.Build(all).Bytes.ToArray();
            Distance.Check(row.Expected(all, [33]), row.Build(all), row.Ulps, scaled: false, label);
            for (int length = 1; length < 33; length++)
            {
                Tensor part = row.Build([.. all.Select(input => Input.Make(input.ToDoubles()[..length], [length], input.DType))]);
                Assert.True(part.Bytes.SequenceEqual(bits.AsSpan(0, part.Bytes.Length)),
                    $"{label} of {length} elements differs from the first {length} of 33, {floating}");
            }
        }
    }

    [Theory, MemberData(nameof(Elementwise))]
    public void AMillionElementsAreTheReferences(string label)
    {
        OpCase row = Row(label);
        using Scope scope = Scope.Begin();
        foreach (DType floating in Floating)
        {
            Tensor[] inputs = row.Draw(Stretched(row, 1_000_003), floating);
            Distance.Check(row.Expected(inputs, [1_000_003]), row.Build(inputs), row.Ulps, scaled: false, $"{label} of 1,000,003");
        }
    }

    [Theory, MemberData(nameof(Elementwise))]
    public void SpecialValuesAreDecided(string label)
    {
        OpCase row = Row(label);
        foreach (DType floating in Floating)
        {
            double[][] corners = Product([.. row.Inputs.Select(input => Corners(input.Type ?? floating, row.Inputs.Length))]);
            Holds([.. corners.Where(corner => !row.Special.Any(special => special[..^1].SequenceEqual(corner)))], floating, corner =>
                row.Element!(corner));
            Holds(row.Special, floating, special => special[^1]);
        }

        void Holds(double[][] corners, DType floating, Func<double[], double> reference)
        {
            if (corners.Length == 0) return;
            Tensor[] inputs = [.. row.Inputs.Select((input, k) =>
                Input.Make([.. corners.Select(corner => corner[k])], [corners.Length], input.Type ?? floating))];
            Tensor result = row.Build(inputs);
            for (int i = 0; i < corners.Length; i++)
            {
                double[] rounded = [.. inputs.Select(input => input.ToDoubles()[i])];
                double expected = reference([.. rounded, corners[i][^1]]);
                Grid one = new([], [Fit(expected, result.DType)]);
                Tensor actual = Input.Make([result.ToDoubles()[i]], [], result.DType);
                Distance.Check(one, actual, row.Ulps, scaled: false,
                    $"{label}({string.Join(", ", rounded.Select(value => $"{value:R}"))}) in {floating}");
            }
        }
    }

    [Theory, MemberData(nameof(Elementwise))]
    public void GradientsOfLargeInputsAreNumbers(string label)
    {
        OpCase row = Row(label);
        foreach (DType floating in Floating)
        {
            double[][] points = Product([.. row.Inputs.Select(input => Far(input))]);
            Tensor[] inputs = [.. row.Inputs.Select((input, k) =>
                Input.Make([.. points.Select(point => point[k])], [points.Length], input.Type ?? floating))];
            if (!Flows(row, inputs)) return;
            Tensor result = row.Build(inputs);
            Tensor[] moving = [.. inputs.Where(input => !input.IsConstant)];
            Gradients once = result.Backward(moving, Tensor.Full(result.Shape, 1, result.DType));
            Gradients graph = result.Backward(moving, Tensor.Full(result.Shape, 1, result.DType), differentiable: true);
            Tensor[] first = [.. moving.Where(input => graph.TryGet(input, out _)).Select(input => graph[input])];
            Tensor sum = first.Length == 0 ? Tensor.Constant(0, result) : first.Aggregate((total, gradient) => total + gradient);
            Gradients? second = sum.IsConstant ? null : sum.Backward(moving, Tensor.Full(sum.Shape, 1, sum.DType));
            for (int i = 0; i < points.Length; i++)
            {
                if (!double.IsFinite(result.ToDoubles()[i])) continue;
                foreach (Tensor input in moving)
                    foreach ((Gradients? gradients, string order) in new[] { (once, "gradient"), (graph, "differentiable gradient"),
                        (second, "second gradient") })
                        if (gradients is not null && gradients.TryGet(input, out Tensor? gradient))
                            Assert.False(double.IsNaN(gradient.ToDoubles()[i]),
                                $"the {order} of {label} at ({string.Join(", ", points[i])}) is NaN in {floating}");
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void KinksAreDecided(string label)
    {
        OpCase row = Row(label);
        Assert.True(row.Smooth || row.Kinks.Length > 0, $"{label} is not smooth, so its gradient needs a value in Kinks");
        foreach ((double[][] points, double upstream, double[][] downstreams) in row.Kinks)
        {
            foreach (DType floating in Floating)
            {
                foreach (bool differentiable in new[] { false, true })
                {
                    Tensor[] inputs = [.. points.Select((point, k) => Input.Make(point, [point.Length], row.Inputs[k].Type ?? floating))];
                    Tensor result = row.Build(inputs);
                    Gradients gradients = result.Backward(inputs, Tensor.Full(result.Shape, upstream, result.DType), differentiable);
                    for (int k = 0; k < inputs.Length; k++)
                        Distance.Check(new([points[k].Length], downstreams[k]), gradients[inputs[k]] + 0.0, row.Ulps, scaled: true,
                            $"{label}, kink, input {k}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void OneWantedInputGetsWhatAllGet(string label)
    {
        OpCase row = Row(label);
        Tensor[] inputs = row.Draw(DType.Float64);
        if (!Flows(row, inputs)) return;
        Tensor result = row.Build(inputs), upstream = Upstream(result);
        Gradients all = result.Backward(upstream);
        foreach (Tensor input in inputs)
            if (all.TryGet(input, out Tensor? gradient))
                Distance.SameBits(gradient, result.Backward([input], upstream)[input], $"{label}, one input wanted");
    }

    [Theory, MemberData(nameof(All))]
    public void TracedAndReplayedIsEager(string label)
    {
        OpCase row = Row(label);
        foreach (DType floating in Floating)
        {
            foreach (Input[] set in row.InputSets())
            {
                Compiled compiled = Compiled.Trace(inputs => Everything(row, inputs));
                for (int seed = 7; seed < 10; seed += 2)
                {
                    Tensor[] inputs = row.Draw(set, floating, seed), eager = Everything(row, inputs), replayed = compiled.Run(inputs);
                    Assert.Equal(eager.Length, replayed.Length);
                    for (int i = 0; i < eager.Length; i++) Distance.SameBits(eager[i], replayed[i], $"{label} replayed, result {i}");
                }
                Assert.Equal(1, compiled.TraceCount);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void WhatNeedsDoesNotNameIsNotRead(string label)
    {
        OpCase row = Row(label);
        if (row.Subject is null) return;
        Node node = row.Applied(row.Draw(DType.Float64));
        if (!node.Operation.HasGradient || node.Output.IsConstant) return;
        Needs needs = node.Operation.Needs;
        Tensor upstream = Upstream(node.Output);
        ImmutableArray<Tensor> inputs = needs.HasFlag(Needs.Inputs) ? node.Inputs : [.. node.Inputs.Select(Poisoned)];
        Tensor output = needs.HasFlag(Needs.Output) ? node.Output : Poisoned(node.Output);
        for (int pass = 0; pass < 2; pass++)
        {
            // Backward has two ways: one pass over memory where nobody differentiates it again, a graph where somebody may.
            ImmutableArray<Tensor?> clean = Downstreams(node.Inputs, node.Output), poisoned = Downstreams(inputs, output);
            for (int k = 0; k < clean.Length; k++)
            {
                Assert.Equal(clean[k] is null, poisoned[k] is null);
                if (clean[k] is { } downstream) Distance.SameBits(downstream, poisoned[k]!,
                    $"{label} reads what its Needs ({needs}) do not name, input {k}");
            }

            ImmutableArray<Tensor?> Downstreams(ImmutableArray<Tensor> x, Tensor y)
            {
                if (pass == 1) return node.Operation.Backward(new(x, y, ulong.MaxValue), upstream);
                using NoGradient.Section section = NoGradient.Begin();
                return node.Operation.Backward(new(x, y, ulong.MaxValue), upstream);
            }
        }

        // All bits set: NaN as a float, −1 as a whole number.
        static Tensor Poisoned(Tensor tensor)
        {
            Tensor copy = Tensor.Zeros(tensor.Shape, tensor.DType);
            copy.Bytes.Fill(0xFF);
            return copy;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void ShapesThatDoNotFitAreRefused(string label)
    {
        OpCase row = Row(label);
        foreach ((Input[] refused, string says) in row.Fails)
        {
            Tensor[] inputs = [.. refused.Select((input, k) => Drawn(input, row.Inputs[Math.Min(k, row.Inputs.Length - 1)]).Draw(DType.Float32, k))];
            string message = Assert.ThrowsAny<ArgumentException>(() => row.Build(inputs)).Message;
            Assert.Contains(says, message);
        }
        if (row.Subject is null || row.AnyCount) return;
        Node node = row.Applied(row.Draw(DType.Float32));
        Tensor[] tooMany = [.. node.Inputs, node.Inputs.FirstOrDefault() ?? Tensor.Zeros([])];
        Assert.Contains(node.Operation.Name, Assert.ThrowsAny<ArgumentException>(() => node.Operation.Apply(tooMany)).Message);

        static Input Drawn(Input refused, Input regular) => refused.Given is not null || refused.Type is not null
            ? refused with { Type = refused.Type ?? regular.Type }
            : regular with { Shape = refused.Shape, Given = null };
    }

    [Theory, MemberData(nameof(All))]
    public void WholeNumbersAreExactOrRefused(string label)
    {
        OpCase row = Row(label);
        if (row.Inputs.All(input => input.Type is not null)) return;
        foreach (DType type in new[] { DType.Int32, DType.Int64, DType.UInt8 })
        {
            Tensor[] inputs = [.. row.Inputs.Select((input, k) => (input.Type is null ? Whole(input, type) : input).Draw(DType.Float64, k))];
            Tensor result;
            try
            {
                result = row.Build(inputs);
            }
            catch (ArgumentException refusal)
            {
                Assert.Contains("Cast", refusal.Message);
                Assert.Contains($"{type}", refusal.Message);
                continue;
            }
            Grid expected = row.Expected(inputs, result.Shape);
            Distance.Check(expected with { Elements = [.. expected.Elements.Select(value => Fit(value, result.DType))] }, result, row.Ulps,
                scaled: true, $"{label} of {type}");
        }

        static Input Whole(Input input, DType type) => input with
        {
            Type = type,
            Least = type == DType.UInt8 ? 1 : input.Least >= 0 ? 1 : -5,
            Most = 5,
            AllDistinct = false,
            Given = null,
        };
    }

    [Theory, MemberData(nameof(All))]
    public void OperationsAreValues(string label)
    {
        OpCase row = Row(label);
        if (row.Subject is null) return;
        Operation operation = row.Applied(row.Draw(DType.Float32)).Operation, again = row.Applied(row.Draw(DType.Float32)).Operation;
        Assert.NotSame(operation, again);
        Assert.Equal(operation, again);
        Assert.Equal(operation.GetHashCode(), again.GetHashCode());
        Assert.Equal(row.Name, operation.Name);
        string text = operation.ToString();
        Assert.StartsWith(operation.Name, text);
        foreach (string noise in new[] { "Name =", "Needs =", "HasGradient", "KeyInput", "Glyph", "Pattern", "Text =", "Formula",
            "EqualityContract", "{ }", "{  }", "`" })
            Assert.DoesNotContain(noise, text);
    }

    /// <summary>What an operation says of itself: that it works element by element, that it moves nothing, what it is made of.</summary>
    [Theory, MemberData(nameof(All))]
    public void WhatItSaysOfItselfIsTrue(string label)
    {
        OpCase row = Row(label);
        if (row.Subject is null) return;
        Node node = row.Applied(row.Draw(DType.Float64));
        // A reference element by element is the proof; an operation that merely could be one (dropout) may say no.
        if (node.Operation.IsElementwise) Assert.True(row.IsElementwise, $"{label} says that it works element by element; its row has no Element");
        if (node.Operation.KeepsElements) Assert.True(node.Output.Bytes.SequenceEqual(node.Inputs[0].Bytes),
            $"{label} says that it keeps its elements");
        if (node.Operation.Open([.. node.Inputs]) is not { } opened) return;
        Distance.Check(Grid.Of(node.Output), opened, (64, 64), scaled: true, $"{label} opened");
        if (node.Output.IsConstant) return;
        Tensor upstream = Upstream(node.Output);
        Gradients whole = node.Output.Backward(node.Inputs.AsSpan(), upstream);
        Gradients? parts = opened.IsConstant ? null : opened.Backward(node.Inputs.AsSpan(), upstream);
        foreach (Tensor input in whole.Tensors)
        {
            Tensor gradient = parts is not null && parts.TryGet(input, out Tensor? through) ? through : Tensor.Zeros(input.Shape, input.DType);
            Distance.Check(Grid.Of(whole[input]), gradient, (256, 256), scaled: true, $"the gradient of {label} opened");
        }
    }

    /// <summary>The one-pass gradient against the expression it stands for, and its own gradient by central differences.</summary>
    [Theory, MemberData(nameof(Elementwise))]
    public void TheOnePassGradientIsTheExpression(string label)
    {
        OpCase row = Row(label);
        if (row.Subject is null) return;
        foreach (DType floating in Floating)
        {
            Tensor[] inputs = row.Draw(floating);
            Operation operation = row.Applied(inputs).Operation;
            if (!operation.GetType().IsGenericType || operation.GetType().GetGenericTypeDefinition() != typeof(Unary<>)) return;
            object formula = operation.GetType().GetProperty("Formula")!.GetValue(operation)!;
            Operation gradient = (Operation)Activator.CreateInstance(typeof(UnaryGradient<>).MakeGenericType(formula.GetType()), formula)!;
            Tensor y = row.Build(inputs), upstream = Upstream(y);
            Gradients expression = y.Backward(inputs, upstream, differentiable: true);
            Distance.SameBits(expression[inputs[0]], gradient.Apply(upstream, inputs[0], y), $"{gradient}");
            Assert.Equal(operation.Name + "Gradient", gradient.Name);
            if (floating == DType.Float32) continue;
            // Here y stands by itself, and off the kinks that formulas have in it.
            Tensor[] three = [upstream * 1, inputs[0], Tensor.From<double>([.. y.ToDoubles().Select(value => value + 0.3)], y.Shape)];
            for (int order = 1; order <= 2; order++)
                Assert.True(GradientCheck.Of(i => gradient.Apply(i), three, order) < 1e-6, $"{gradient}, order {order}");
        }
    }

    /// <summary>The result and the gradients of all inputs, with a random upstream.</summary>
    internal static Tensor[] Everything(OpCase row, Tensor[] inputs)
    {
        Tensor result = row.Build(inputs);
        if (result.IsConstant) return [result];
        Gradients gradients = result.Backward(inputs, Upstream(result));
        return [result, .. inputs.Where(input => gradients.TryGet(input, out _)).Select(input => gradients[input])];
    }

    internal static Tensor Upstream(Tensor result) => Input.Between(-1, 1, result.Shape).Draw(result.DType, seed: 99).Detach();

    internal static Input[] Stretched(OpCase row, int length) => [.. row.Inputs.Select(input => input with { Shape = [length], Given = null })];

    internal static bool Flows(OpCase row, Tensor[] inputs) => !row.Build(inputs).IsConstant;

    private static string Shapes(Tensor[] inputs) => string.Join(", ", inputs.Select(input => input.Spec));

    // What a result of a whole-number type can hold of a number: cut off, saturated as floats are converted, wrapped as whole numbers are.
    private static double Fit(double value, DType type) => type switch
    {
        DType.UInt8 => value is < 0 or > 255 ? ((value % 256) + 256) % 256 : Math.Truncate(value),
        DType.Int32 or DType.Int64 => Math.Truncate(value),
        _ => value,
    };

    private static double[] Corners(DType type, int inputs)
    {
        if (type == DType.Bool) return [0, 1];
        bool single = type == DType.Float32;
        double most = single ? float.MaxValue : double.MaxValue, least = single ? float.Epsilon : double.Epsilon;
        double normal = single ? BitConverter.Int32BitsToSingle(0x0080_0000) : BitConverter.Int64BitsToDouble(0x0010_0000_0000_0000);
        double[] common = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, -1, most, -most];
        return inputs > 1 ? common : [.. common, 0.5, -0.5, 1e10, -1e10, 1e-10, -1e-10, normal, -normal, least, -least];
    }

    private static double[] Far(Input input)
    {
        if (input.Type == DType.Bool) return [0, 1];
        double[] sizes = [20, 30, 100, 750, 1e4];
        return input.Least < 0 ? [.. sizes, .. sizes.Select(size => -size)] : sizes;
    }

    private static double[][] Product(double[][] choices) =>
        choices.Aggregate<double[], IEnumerable<double[]>>([[]], (rows, choice) =>
            rows.SelectMany(row => choice.Select(value => (double[])[.. row, value]))).ToArray();
}
