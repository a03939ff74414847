namespace Nabla.Lessons;

/// <summary>What people take for the local gradient of a gate when they are mistaken, and what to tell them.</summary>
internal static class LocalMistakes
{
    /// <summary>The wrong local gradients of an elementwise gate at one element.</summary>
    /// <param name="operation">The gate's name.</param>
    /// <param name="input">Which input is asked about.</param>
    /// <param name="values">The gate's inputs there.</param>
    /// <param name="output">Its output there.</param>
    /// <param name="right">The right local gradient.</param>
    public static IEnumerable<(double Wrong, BilingualText Why)> Of(string operation, int input, double[] values, double output, double right)
    {
        double own = values[input], other = values.Length == 2 ? values[1 - input] : double.NaN;
        (double, BilingualText)[] mistakes = operation switch
        {
            "Multiply" => [(own, Feedback.Swap), (output, Feedback.Swap)],
            "Add" or "Shift" => [(own, Feedback.AddIsOne), (other, Feedback.AddIsOne), (output, Feedback.AddIsOne), (0, Feedback.AddIsOne)],
            "Subtract" => input == 0
                ? [(own, Feedback.AddIsOne), (other, Feedback.AddIsOne)]
                : [(1, Feedback.MinusIsMinusOne), (own, Feedback.MinusIsMinusOne), (-own, Feedback.MinusIsMinusOne)],
            "Negate" => [(1, Feedback.MinusIsMinusOne), (own, Feedback.MinusIsMinusOne), (-own, Feedback.MinusIsMinusOne)],
            "Scale" => [(own, Feedback.FactorNotValue), (output, Feedback.FactorNotValue)],
            "Reciprocal" => [(output, Feedback.ReciprocalSquare), (-output, Feedback.ReciprocalSquare)],
            "Divide" => input == 1 ? [(1 / own, Feedback.ReciprocalSquare), (-output, Feedback.ReciprocalSquare), (output, Feedback.ReciprocalSquare)] : [],
            "Exp" => [(own, Feedback.ExpIsOutput), (1, Feedback.ExpIsOutput)],
            "Log" => [(own, Feedback.LogIsReciprocal), (output, Feedback.LogIsReciprocal), (1 / output, Feedback.LogIsReciprocal)],
            "Sigmoid" => [(output, Feedback.SigmoidIsProduct), (1 - output, Feedback.SigmoidIsProduct), (own, Feedback.SigmoidIsProduct),
                (output * output, Feedback.SigmoidIsProduct)],
            "Relu" => [(own, Feedback.ReluIsSlope), (1 - right, Feedback.ReluIsSlope)],
            "Square" => [(own, Feedback.SquareIsTwice), (output, Feedback.SquareIsTwice), (2, Feedback.SquareIsTwice)],
            "Maximum" => [(1 - right, Feedback.MaxRoutes), (0.5, Feedback.MaxRoutes), (own, Feedback.MaxRoutes), (other, Feedback.MaxRoutes)],
            _ => [],
        };
        return mistakes.Where(mistake => double.IsFinite(mistake.Item1));
    }

    /// <summary>What people take for a gate's value when they are mistaken.</summary>
    public static IEnumerable<(double Wrong, BilingualText Why)> OfValue(string operation, double[] values) => operation switch
    {
        "Add" => [(values[0] * values[1], Feedback.MultipliedForSum)],
        "Multiply" => [(values[0] + values[1], Feedback.AddedForProduct)],
        "Maximum" => [(Math.Min(values[0], values[1]), Feedback.ChoseOther)],
        "Square" => [(2 * values[0], Feedback.DoubledForSquare)],
        _ => [],
    };
}
